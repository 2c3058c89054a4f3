using System.CommandLine;
using BroadcastCaptions.Bench.Speed;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bench.Accuracy;

/// <summary>bench/greedy: is what verifying the last hypothesis gives that which plain greedy decoding gives? All partials of eval/.</summary>
internal static class GreedyCommand
{
    private const double TokensPerSecond = 6.5;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model, already fetched.", DefaultValueFactory = _ => "moonshine-tiny" };
        var every = new Option<double>("--partial-every") { Description = "Seconds between partials.", DefaultValueFactory = _ => 0.5 };
        var command = new Command("greedy", "Every partial and final of all of eval/'s files, decoded from nothing and by verifying: where they differ, and by which gap of logits.") { model, every };
        command.SetAction(async (result, _) =>
        {
            using var folder = new TemporaryFolder();
            var list = await SpeedCommand.StreamedAsync(SpeechSet.Evaluation, new SpeechOptions { PartialEvery = result.GetValue(every) }, folder);
            Console.WriteLine($"{result.GetValue(model)}, {SpeechSet.Evaluation.Count} files, {list.Jobs.Count} segments, a partial every {result.GetValue(every)} s; {Machine.Describe()}");
            Compare(list, MoonshineFiles.In(OwnEngine.Folder(result.GetValue(model)!)));
        });
        return command;
    }

    private static void Compare(JobList list, MoonshineFiles files)
    {
        using var options = Sessions.Options(threads: 1);
        var rewritten = ModelRewriter.Open(files).Files ?? throw new InvalidOperationException("The shipped graphs run.");
        using var encoder = new MoonshineEncoder(rewritten.Encoder, options);
        using var decoder = new IntegerDecoder(rewritten.Decoder);
        var (calls, tokens, differing) = (0, 0, 0);
        foreach (var job in list.Jobs)
        {
            var samples = job.Read();
            List<ScoredToken> previous = [];
            foreach (var call in job.Calls)
            {
                using var states = encoder.Encode(samples.AsSpan(job.Start, call.Length), VoiceWindow.SampleRate / 5);
                var cap = (int)(TokensPerSecond * call.Length / VoiceWindow.SampleRate) + 2;
                decoder.Attend(states, (int)states.GetTensorTypeAndShape().Shape[1], cap + 2);
                var (plain, verified) = (new List<ScoredToken>(), new List<ScoredToken>());
                new GreedySearch().Run(decoder, [], cap, call.Sure, plain);
                new GreedySearch().Run(decoder, previous, cap, call.Sure, verified);
                calls++;
                tokens += plain.Count;
                if (!plain.Select(token => token.Id).SequenceEqual(verified.Select(token => token.Id)))
                {
                    differing++;
                    Console.WriteLine($"  {job.File} at {job.Start / (double)VoiceWindow.SampleRate:0.00} s, {call.Length / (double)VoiceWindow.SampleRate:0.00} s of it: {Gap(decoder, plain, verified)}");
                }

                previous = verified;
            }
        }

        Console.WriteLine($"  {calls} recognitions, {tokens} tokens: {differing} recognitions differ");
    }

    /// <summary>Where two texts part, and by how much one token was before the other, one row at a time and many at once.</summary>
    private static string Gap(IntegerDecoder decoder, List<ScoredToken> plain, List<ScoredToken> verified)
    {
        var at = plain.Zip(verified).TakeWhile(pair => pair.First.Id == pair.Second.Id).Count();
        int Id(List<ScoredToken> tokens) => at < tokens.Count ? tokens[at].Id : GreedySearch.End;
        var row = decoder.Start([GreedySearch.Begin]);
        for (var i = 0; i < at; i++) row = decoder.Step(plain[i].Id);
        var single = row[Id(plain)] - row[Id(verified)];
        long[] prompt = [GreedySearch.Begin, .. plain.Take(at).Select(token => (long)token.Id)];
        row = decoder.Start(prompt)[^decoder.VocabularySize..];
        return $"token {at}, {Id(plain)} or {Id(verified)}: logits' gap {single:+0.0000;-0.0000} stepwise, {row[Id(plain)] - row[Id(verified)]:+0.0000;-0.0000} in one pass";
    }
}
