using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bench.Accuracy;

/// <summary>False full stops, and how much is taken back when case and punctuation count, over the files whose references are punctuated.</summary>
internal static class Punctuation
{
    private const double Longest = 60; // seconds

    /// <summary>Prints both, per file and in all.</summary>
    public static async Task ReportAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        SentenceEnds shown = SentenceEnds.None, kept = SentenceEnds.None;
        var (raw, levelled, words) = (0, 0, 0);
        foreach (var file in SpeechSet.Judged(Longest).Where(file => file.Reference.AsSpan(0, file.Reference.Length - 1).IndexOfAny(".?!;,") >= 0))
        {
            var events = (await Transcriber.RunAsync(file.Path, arguments)).Events;
            var finals = events.Where(IsFinal).ToArray();
            string Joined(Func<JsonElement, JsonElement> part) => string.Join(' ', finals.Select(part).Select(text => text.GetString()));
            var (onScreen, inFiles) = (SentenceEnds.Of(file.Reference, Joined(e => e.GetProperty("text"))), SentenceEnds.Of(file.Reference, Joined(e => e.GetProperty("recognized").GetProperty("text"))));
            await output.WriteLineAsync($"  {file.Name}: screen {Describe(onScreen)}; files {Describe(inFiles)}");
            (shown, kept) = (shown + onScreen, kept + inFiles);
            raw += Erased(events, token => token);
            levelled += Erased(events, token => string.Join(' ', SpokenWords.Of(token)));
            words += onScreen.Words;
        }

        await output.WriteLineAsync($"  all: screen {Describe(shown)}; files {Describe(kept)}");
        await output.WriteLineAsync($"  taken back for each word of the last text: {(double)raw / Math.Max(1, words):0.00} with case and punctuation, {(double)levelled / Math.Max(1, words):0.00} without; {words} words");
    }

    private static bool IsFinal(JsonElement e) => IsOf(e, "final");

    private static bool IsOf(JsonElement e, string type) => e.TryGetProperty("type", out var its) && its.GetString() == type;

    private static string Describe(SentenceEnds ends) =>
        $"{ends.False} false ({ends.FalsePerHundred:0.0} a hundred words), {ends.Missed} missed, {ends.Right} right of {ends.Words} words";

    /// <summary>Words behind the first that changes, over the transcripts of each segment.</summary>
    private static int Erased(IEnumerable<JsonElement> events, Func<string, string> level)
    {
        var erased = 0;
        foreach (var segment in events.Where(e => IsFinal(e) || IsOf(e, "partial")).GroupBy(e => e.GetProperty("segment").GetInt64()))
        {
            string[] before = [];
            foreach (var transcript in segment)
            {
                var now = transcript.GetProperty("text").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(level).ToArray();
                erased += before.Length - before.AsSpan().CommonPrefixLength(now);
                before = now;
            }
        }

        return erased;
    }
}
