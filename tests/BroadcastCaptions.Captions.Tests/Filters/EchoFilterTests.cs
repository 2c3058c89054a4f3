using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.Filters;

/// <summary>What two sources hear is shown once; what two people say is shown twice.</summary>
public sealed class EchoFilterTests
{
    private readonly EchoFilter _filter = new(TextFilters.From(new BlockListOptions { Enabled = false }, new Counters()));

    [Fact]
    public void The_same_words_at_the_same_time_are_shown_once()
    {
        Assert.Equal("Good evening, dear viewers.", Said("anne", 10, "Good evening, dear viewers."));
        Assert.Equal("", Said("track-1", 10.2, "Good evening dear viewer's."));
        Assert.Equal("", Said("track-1", 10.2, "Good evening deer viewers."));
    }

    [Fact]
    public void Whoever_is_shown_first_keeps_the_words()
    {
        Assert.Equal("Good", Said("track-1", 10, "Good"));
        Assert.Equal("", Said("anne", 10.1, "Good"));
        Assert.Equal("Good evening", Said("track-1", 10, "Good evening"));
    }

    [Fact]
    public void Other_words_or_another_time_are_somebody_else()
    {
        Said("anne", 10, "Good evening, dear viewers.");
        Assert.Equal("And to you, too.", Said("bob", 10, "And to you, too."));
        Assert.Equal("Good evening, dear viewers.", Said("bob", 13, "Good evening, dear viewers."));
        Assert.Equal("Good evening, dear viewers.", Said("anne", 10, "Good evening, dear viewers."));
    }

    private string Said(string source, double start, string text)
    {
        TimedWord[] words = [.. text.Split(' ').Select((word, n) => new TimedWord(word, new MediaTime(start + (0.3 * n)), new MediaTime(start + (0.3 * n) + 0.25), 1))];
        return _filter.Apply(new Transcript(source, 1, 1, true, new MediaTime(start), words[^1].End, "en", words, words.Length)).Text;
    }
}
