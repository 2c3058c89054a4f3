using BroadcastCaptions.Captions.Layout;
using BroadcastCaptions.Events;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.RollUp;

/// <summary>Random speech of several speakers, as a streaming recogniser revises it, and what must hold for every viewer.</summary>
public class RollUpPropertyTests
{
    public static TheoryData<int, int> Cases()
    {
        var cases = new TheoryData<int, int>();
        for (var seed = 0; seed < 60; seed++) cases.Add(seed, 1 + seed % 3);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_keep_their_place_and_stable_text_never_changes(int seed, int speakers)
    {
        var random = new Random(seed);
        var screen = new Screen(random.Next(1, 4), random.Next(12, 43), Names(speakers));
        CaptionCue? before = null;
        foreach (var (transcript, at) in new RandomSpeech(random, Names(speakers)).Take(400))
        {
            screen.Show(transcript, at);
            var cue = screen.Cue;
            if (cue is not null && before is not null && cue.Id == before.Id) AssertScrolled(before.Lines, cue.Lines);
            before = cue;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_block_is_never_larger_than_the_display(int seed, int speakers)
    {
        var random = new Random(seed);
        var (lines, columns) = (random.Next(1, 4), random.Next(10, 43));
        var screen = new Screen(lines, columns, Names(speakers));
        foreach (var (transcript, at) in new RandomSpeech(random, Names(speakers)).Take(300)) screen.Show(transcript, at);
        foreach (var cue in screen.Events.OfType<CueEvent>().Select(e => e.Cue))
        {
            Assert.InRange(cue.Lines.Count, 1, lines);
            Assert.All(cue.Lines, line => Assert.InRange(TextWidth.Of(line.Text), 0, columns));
            Assert.All(cue.Lines, line => Assert.InRange(line.StableLength, 0, line.Text.Length));
            Assert.Contains(cue.Lines, line => line.Text.Length > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_that_was_said_stands_on_the_rows_in_order(int seed, int speakers)
    {
        var random = new Random(seed);
        var screen = new Screen(100_000, random.Next(12, 43), Names(speakers));
        var said = Names(speakers).ToDictionary(name => name, _ => "");
        foreach (var (transcript, at) in new RandomSpeech(random, Names(speakers), silence: 0).Take(250))
        {
            screen.Show(transcript, at);
            if (transcript.IsFinal) said[transcript.Source] = $"{said[transcript.Source]} {transcript.Text}".Trim();
        }

        foreach (var (name, text) in said)
        {
            var open = new string([.. text.Where(c => c != ' ')]);
            var shown = string.Concat(screen.Cue!.Lines.Where(line => line.Source == name).Select(line => WithoutLabel(line.Text, name)));
            Assert.StartsWith(open, shown.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_revision_differs_from_the_one_before_and_ids_only_grow(int seed, int speakers)
    {
        var random = new Random(seed);
        var screen = new Screen(2, 20, Names(speakers));
        foreach (var (transcript, at) in new RandomSpeech(random, Names(speakers)).Take(300)) screen.Show(transcript, at);
        CaptionCue? before = null;
        foreach (var captionEvent in screen.Events)
        {
            if (captionEvent is RetractEvent retract) Assert.Equal(before!.Id, retract.Id);
            if (captionEvent is not CueEvent { Cue: var cue })
            {
                before = null;
                continue;
            }

            if (before is not null)
            {
                Assert.Equal((before.Id, before.Revision + 1), (cue.Id, cue.Revision));
                Assert.False(before.Lines.SequenceEqual(cue.Lines));
            }
            else
            {
                Assert.Equal(1, cue.Revision);
            }

            before = cue;
        }
    }

    [Fact]
    public void Hours_of_speech_leave_nothing_behind()
    {
        var formatter = new Screen(2, 42, Names(3)).Formatter;
        var kept = 0;
        for (var i = 0; i < 100_000; i++)
        {
            // Now and then a final is lost, and one source is silent for thousands of segments.
            var source = i % 1000 == 0 ? "C" : i % 7 == 0 ? "B" : "A";
            var isLost = i % 11 == 0;
            var transcript = isLost ? Say.Partial(source, i + 1, "never to be finished", 2, i) : Say.Final(source, i + 1, "three words more", i);
            formatter.Accept(transcript, new MediaTime(i));
            kept = Math.Max(kept, formatter.WordsKept);
        }

        Assert.InRange(kept, 1, 100);
    }

    /// <summary>Each row of the earlier block is gone at the top or where it was or higher, with its stable text unchanged.</summary>
    private static void AssertScrolled(IReadOnlyList<CaptionLine> before, IReadOnlyList<CaptionLine> after)
    {
        Assert.True(after.Count >= before.Count, "rows vanished");
        var fits = Enumerable.Range(0, before.Count + 1).Any(scrolled =>
            Enumerable.Range(scrolled, before.Count - scrolled).All(i => Keeps(before[i], after[i - scrolled])));
        Assert.True(fits, $"[{string.Join('|', before.Select(l => l.Text))}] became [{string.Join('|', after.Select(l => l.Text))}]");
    }

    private static bool Keeps(CaptionLine before, CaptionLine after) =>
        after.Text.StartsWith(before.Text[..before.StableLength], StringComparison.Ordinal) && after.StableLength >= before.StableLength;

    private static string WithoutLabel(string line, string name) =>
        line.StartsWith(name + ": ", StringComparison.Ordinal) ? line[(name.Length + 2)..] : line;

    private static string[] Names(int speakers) => [.. new[] { "A", "B", "C" }.Take(speakers)];
}
