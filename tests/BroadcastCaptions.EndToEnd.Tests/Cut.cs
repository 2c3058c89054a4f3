using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>
/// The moment at which Anne was cut off within the sentence, by OBS's own cursor: which words viewers had surely heard by then, and which they
/// surely had not.
/// </summary>
/// <param name="Before">Seconds of the sentence that had been played before OBS was told.</param>
/// <param name="After">Seconds that had been played when it had done so.</param>
internal sealed record Cut(double Before, double After)
{
    private const double Margin = 0.3; // s: what the times below may be wrong by, a block of sound, the way to OBS
    private const int MostWordsBehind = 6;

    // Moonshine tiny's alignment of the recording, seconds.
    private static readonly (string Word, double Start, double End)[] Words =
    [
        ("and", 0.32, 0.55), ("mister", 0.55, 0.78), ("john", 0.78, 1.07), ("dashwood", 1.07, 1.59), ("had", 1.59, 1.82), ("then", 1.82, 2.11), ("leisure", 2.11, 2.58),
        ("to", 2.58, 2.75), ("consider", 2.75, 3.27), ("how", 3.27, 3.5), ("much", 3.5, 3.79), ("there", 3.79, 4.14), ("might", 4.14, 4.48), ("be", 4.48, 4.66),
        ("prudently", 4.66, 5.24), ("in", 5.24, 5.41), ("his", 5.41, 5.64), ("power", 5.64, 5.99),
    ];

    // Of those, the ones that no log, event or file holds for another reason.
    private static readonly string[] Telling = ["leisure", "consider", "might", "prudently", "power"];

    /// <summary>Words that viewers heard to their end.</summary>
    public IReadOnlyList<string> Heard => [.. Words.Where(word => word.End < Before - Margin).Select(word => word.Word)];

    /// <summary>Words that had not begun.</summary>
    public IReadOnlyList<string> Unheard => [.. Words.Where(word => word.Start > After + Margin && Telling.Contains(word.Word)).Select(word => word.Word)];

    /// <summary>Is enough of the sentence behind it to tell that nothing of that appears?</summary>
    public bool IsEarly => Unheard.Count > 2;

    /// <summary>Waits until some words of the sentence are on screen and so many seconds of it have been played, then cuts.</summary>
    public static async Task<Cut> MakeAsync(PluginShow show, Func<PluginShow, Task> off, double from = 0)
    {
        await Wait.UntilAsync(async () => SpokenWords.Of(await show.Obs.TextAsync(Show.Captions) ?? "").Count >= 4, Wait.Generous, "words");
        await Wait.UntilAsync(async () => await PlayedAsync(show) >= from, Wait.Generous, "the moment");
        var before = await PlayedAsync(show);
        await off(show);
        return new Cut(before, await PlayedAsync(show));
    }

    /// <summary>It was made while there was enough left to tell.</summary>
    public void AssertEarly() => Assert.True(IsEarly, $"The cut came late, after {After:0.0} s.");

    /// <summary>What was heard is on screen; what was not appears nowhere.</summary>
    /// <param name="shown">What OBS showed.</param>
    /// <param name="everywhere">All that anybody could read: events, files, logs.</param>
    public void AssertHolds(IReadOnlyList<string> shown, string everywhere)
    {
        // Compared with the beginning of the screen that fits best: a word too many must not count for the one that it pushes out of the comparison too.
        var percent = Enumerable.Range(0, shown.Count + 1).Min(count => WordErrors.Of(Heard, [.. shown.Take(count)]).Percent);
        Assert.True(percent <= 34, $"Heard: {string.Join(' ', Heard)}; shown: {string.Join(' ', shown)}"); // the smallest model mishears one now and then, cut off most of all
        Assert.True(shown.Count <= Heard.Count + MostWordsBehind);
        Assert.All(Unheard, word => Assert.DoesNotContain(word, everywhere, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The sound that was recognised ends where viewers' did, whatever words were made of it.</summary>
    /// <param name="final">The event.</param>
    public void AssertEndsThere(JsonElement final)
    {
        var first = final.GetProperty("words")[0].GetProperty("start").GetDouble();
        Assert.InRange(final.GetProperty("end").GetDouble() - first + Words[0].Start, Before - Margin, After + Margin);
    }

    /// <summary>Seconds of the sentence that have been played; below zero before it begins.</summary>
    public static async Task<double> PlayedAsync(PluginShow show)
    {
        var status = await show.Obs.AskAsync("GetMediaInputStatus", new JsonObject { ["inputName"] = "Anne" });
        var cursor = status.GetProperty("mediaCursor");
        return (cursor.ValueKind == JsonValueKind.Null ? 0 : cursor.GetDouble() / 1000) - PluginShow.Lead;
    }
}
