using System.CommandLine;
using System.Diagnostics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Bench.Speed;

/// <summary>bench/parts: what each part of a recognition takes, in the rewritten graphs and in the shipped ones, in turn.</summary>
internal static class PartsCommand
{
    private const int Steps = 24;
    private const int Grown = VoiceWindow.SampleRate / 5;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured, in turn.", DefaultValueFactory = _ => 20 };
        var command = new Command("parts", "What encoding, verifying and a decoder step take on 5 s of speech, rewritten beside shipped (its two branches split).") { model, threads, rounds };
        command.SetAction(async (result, _) =>
        {
            var files = MoonshineFiles.In(OwnEngine.Folder(result.GetValue(model)!));
            var samples = (await Ffmpeg.SamplesAsync(SpeechSet.Kept.MaxBy(file => file.Seconds)!.Path)).AsMemory();
            samples = samples[..Math.Min(samples.Length, 5 * VoiceWindow.SampleRate)];
            Console.WriteLine($"{result.GetValue(model)}, {samples.Length / (double)VoiceWindow.SampleRate:0.0} s of speech; {Machine.Describe()}");
            Measure(files, new ModelOptions { Threads = result.GetValue(threads) }, samples.Span, result.GetValue(rounds));
        });
        return command;
    }

    private static void Measure(MoonshineFiles files, ModelOptions model, ReadOnlySpan<float> samples, int rounds)
    {
        using var folder = new TemporaryFolder();
        using var options = Sessions.Options(CpuBudget.Of(model).Threads);
        var (outcome, rewritten) = ModelRewriter.Open(files);
        Console.WriteLine($"  {outcome.Reason}");
        if (rewritten is null) return;
        using var ownEncoder = new MoonshineEncoder(rewritten.Encoder, options);
        using var shippedEncoder = new MoonshineEncoder(files.Encoder, options);
        using var own = new IntegerDecoder(rewritten.Decoder);
        using var shipped = new SplitDecoder(files.Decoder, folder, CpuBudget.Of(model).Threads);
        var speech = samples.ToArray();
        using var states = ownEncoder.Encode(speech, 0);
        var length = (int)states.GetTensorTypeAndShape().Shape[1];
        List<double> encode = [], encodeGrown = [], encodeShipped = [], cross = [], pass = [], step = [], stepShipped = [];
        var known = Enumerable.Range(1, 31).Select(i => (long)i).ToArray();
        for (var round = -3; round < rounds; round++)
        {
            speech[0] += 1e-6f; // audio that was not heard before, as far as it can tell
            Encode(ownEncoder, speech.AsSpan(0, speech.Length - Grown), null, round);
            Encode(ownEncoder, speech, encodeGrown, round);
            speech[0] += 1e-6f;
            Encode(ownEncoder, speech, encode, round);
            Encode(shippedEncoder, speech, encodeShipped, round);
            var at = Stopwatch.GetTimestamp();
            own.Attend(states, length, 64);
            Note(cross, at, 1, round);
            at = Stopwatch.GetTimestamp();
            own.Start(known);
            Note(pass, at, 1, round);
            Step(own, states, length, step, round);
            Step(shipped, states, length, stepShipped, round);
        }

        Print("encoder", encode);
        Print("0.2 s more", encodeGrown);
        Print("encoder shipped", encodeShipped, encode);
        Print("cross keys", cross);
        Print("verify 31", pass);
        Print("step", step);
        Print("step shipped", stepShipped, step);
    }

    private static void Encode(MoonshineEncoder encoder, ReadOnlySpan<float> samples, List<double>? times, int round)
    {
        var began = Stopwatch.GetTimestamp();
        encoder.Encode(samples, 0).Dispose();
        if (times is not null) Note(times, began, 1, round);
    }

    private static void Step(ITokenDecoder decoder, OrtValue states, int length, List<double> times, int round)
    {
        decoder.Attend(states, length, 64);
        decoder.Start([GreedySearch.Begin]);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Steps; i++) decoder.Step(300 + i);
        Note(times, began, Steps, round);
    }

    private static void Note(List<double> times, long began, int count, int round)
    {
        if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds / count);
    }

    private static void Print(string name, List<double> times, List<double>? own = null) =>
        Console.WriteLine($"  {name,-16} {Spread.Of(times).ToString("0.00")} ms" + (own is null ? "" : $"   ratio {Spread.Of(own.Zip(times, (a, b) => a / b)).ToString("0.000")}"));
}
