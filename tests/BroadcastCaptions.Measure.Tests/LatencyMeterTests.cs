using System.Text.Json;

namespace BroadcastCaptions.Measure.Tests;

/// <summary>The cases that measure/latency.py names for other implementations, and the windows.</summary>
public sealed class LatencyMeterTests
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        {
            "steady", "a .8 1, b 1.8 2, c 2.8 3", "1.2 A|2.3 A b|3.4 a, b c.",
            """{"emission":{"p50":0.3,"p95":0.4,"max":0.4},"correct":{"p50":0.3,"p95":0.4,"max":0.4},"stable":{"p50":0.3,"p95":0.4,"max":0.4},"NE":0,"churn":0,"coverage":1}"""
        },
        {
            "corrected", "gold .5 1, ring 1.5 2", "1.1 gold|2.1 gold wing|2.6 gold ring|9 ",
            """{"emission":{"p50":0.1,"p95":0.1,"max":0.1},"correct":{"p50":0.6,"p95":0.6,"max":0.6},"NE":0.5,"churn":0.5}"""
        },
        { "hyphen and case are no change", "gold .5 1, ring 1.5 2", "2.1 Gold-ring|2.6 gold ring,", """{"NE":0,"churn":0}""" },
        {
            "inserted word moves, but keeps its neighbours", "the .9 1, old 1.2 1.5, pan 1.7 2", "2.1 old pan|2.5 the old pan",
            """{"correct":{"p50":0.6,"p95":1.5,"max":1.5},"NE":0.667,"churn":0}"""
        },
        { "never right", "pan .5 1, cake 1.5 2", "1.1 can|2.1 can cake", """{"coverage":0.5}""" },
        { "not before it was spoken", "the 3.8 4", ".9 the|5 the end|8 the", """{"correct":{"p50":1,"p95":1,"max":1}}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Named_cases_come_out_as_defined(string name, string reference, string lines, string expected)
    {
        var words = reference.Split(", ").Select(word => word.Split(' '))
            .Select(word => new ReferenceWord(word[0], double.Parse(word[1]), double.Parse(word[2]))).ToArray();
        Figures.AssertEqual(JsonDocument.Parse(expected).RootElement, LatencyMeter.Measure(words, Lines(lines)), name);
    }

    [Theory]
    [InlineData("a b c|b c d|c d e", "a b c d e")]
    [InlineData("cold|gold|gold ring", "gold ring")]
    [InlineData("he wheel|we will rock", "we will rock")]
    [InlineData("ten of clubs||ten of clubs", "ten of clubs ten of clubs")]
    [InlineData("a b c d|c d|c d e", "a b c d e")]
    public void A_window_unrolls_to_everything_said(string visible, string everything)
    {
        var shown = visible.Split('|').Select((text, at) => new ShownText(at, SpokenWords.Of(text)));
        Assert.Equal(SpokenWords.Of(everything), ScreenHistory.Unroll(shown)[^1].Words);
    }

    [Fact]
    public void Figures_of_two_files_rest_on_the_words_of_both()
    {
        var one = LatencyMeter.Measure([new("pan", .5, 1)], Lines("1.25 pan"));
        var two = LatencyMeter.Measure([new("cake", .5, 1), new("tin", 1, 2)], Lines("1.75 cake"));
        var both = one + two;
        Assert.Equal((3, 2, .667), (both.Words, both.Right, both.Coverage));
        Assert.Equal([.25, .75], both.Emission.Seconds);
    }

    private static ShownText[] Lines(string lines) =>
        [.. lines.Split('|').Select(line => line.Split(' ', 2)).Select(line => new ShownText(double.Parse(line[0]), SpokenWords.Of(line[1])))];
}
