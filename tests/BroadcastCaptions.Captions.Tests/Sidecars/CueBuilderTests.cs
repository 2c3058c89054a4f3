using BroadcastCaptions.Captions.Layout;
using BroadcastCaptions.Captions.Sidecars;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

public class CueBuilderTests
{
    [Fact]
    public void A_short_final_is_one_cue_that_stays_long_enough_to_be_read()
    {
        var cue = Assert.Single(Build("Yes."));
        Assert.Equal((10, 11), (cue.Start.Seconds, cue.End.Seconds));
        var longer = Assert.Single(Build("Incomprehensibilities notwithstanding, characteristically."));
        Assert.Equal(10 + 58 / CueRules.ColumnsPerSecond, longer.End.Seconds, 6);
    }

    [Fact]
    public void Two_lines_are_of_about_the_same_length() =>
        Assert.Equal(["Four score and seven years ago", "our fathers brought forth on this"], Assert.Single(Build("Four score and seven years ago our fathers brought forth on this")).Lines);

    [Fact]
    public void A_long_final_is_cut_where_a_sentence_ends()
    {
        var cues = Build("The first sentence of the day is here. And the second one comes right behind it, as they do");
        Assert.Equal("The first sentence of the day is here.", string.Join(' ', cues[0].Lines));
    }

    [Fact]
    public void Else_it_is_cut_where_a_clause_ends()
    {
        var cues = Build("When the first clause has been said, then the second one comes right behind it as they do");
        Assert.Equal("When the first clause has been said,", string.Join(' ', cues[0].Lines));
    }

    [Fact]
    public void No_word_is_left_alone_at_the_end()
    {
        var cues = Build("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fif");
        Assert.All(cues, cue => Assert.True(string.Join(' ', cue.Lines).Length >= 12));
    }

    [Fact]
    public void The_label_counts_as_columns()
    {
        var cue = CueBuilder.Build(Say.Final("mic", 1, "Four score and seven years ago our fathers", 10), "Bartholomew", "BARTHOLOMEW: ")[0];
        Assert.StartsWith("BARTHOLOMEW: Four", cue.Lines[0], StringComparison.Ordinal);
        Assert.All(cue.Lines, line => Assert.InRange(TextWidth.Of(line), 1, CueRules.Columns));
    }

    [Fact]
    public void Japanese_wraps_by_columns()
    {
        var words = Enumerable.Repeat("日本語、", 14).Select((text, i) =>
            new Speech.TimedWord(text, new(i * 0.4), new(i * 0.4 + 0.4), 1, SpaceBefore: false)).ToList();
        var cues = CueBuilder.Build(Say.Make("mic", 1, true, words, words.Count, 0), "", "");
        Assert.All(cues.SelectMany(cue => cue.Lines), line => Assert.InRange(TextWidth.Of(line), 1, CueRules.Columns));
        Assert.Equal(string.Concat(words.Select(word => word.Text)), string.Concat(cues.SelectMany(cue => cue.Lines)));
    }

    [Fact]
    public void Whatever_is_said_the_rules_hold_and_no_word_is_missing()
    {
        var random = new Random(3);
        for (var round = 0; round < 60; round++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 60)).Select(_ => Word(random)));
            var cues = Build(text);
            Assert.Equal(text, string.Join(' ', cues.SelectMany(cue => cue.Lines)));
            Assert.All(cues, cue => Assert.InRange(cue.Lines.Count, 1, CueRules.Lines));
            Assert.All(cues.SelectMany(cue => cue.Lines), line => Assert.InRange(TextWidth.Of(line), 1, CueRules.Columns));
            Assert.All(cues, cue => Assert.InRange(cue.End - cue.Start, 0.001, CueRules.Longest + 1e-9));
            Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            Assert.True(cues[^1].End - cues[^1].Start >= CueRules.Shortest);
        }
    }

    private static string Word(Random random) => new string('x', random.Next(1, 15)) + (random.Next(8) switch { 0 => ".", 1 => ",", _ => "" });

    private static IReadOnlyList<SidecarCue> Build(string text) => CueBuilder.Build(Say.Final("mic", 1, text, 10), "", "");
}
