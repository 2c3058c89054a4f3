using BroadcastCaptions.Captions.Filters;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.Filters;

/// <summary>What two sources hear is shown once; what two people say is shown twice.</summary>
public sealed class EchoFilterTests
{
    private const string Friend = "friend", Mic = "mic";

    private readonly Counters _counters = new();
    private readonly EchoFilter _filter;

    public EchoFilterTests() => _filter = new(TextFilters.From(new BlockListOptions { Enabled = false }, _counters), _counters);

    [Fact]
    public void The_same_words_at_the_same_time_are_shown_once()
    {
        Assert.Equal("Good evening, dear viewers.", Said("anne", 10, "Good evening, dear viewers."));
        Assert.Equal("", Said("track-1", 10.2, "Good evening dear viewer's."));
        Assert.Equal("", Said("track-1", 10.2, "Good evening deer viewers."));
        Assert.Equal(8, _counters.Get("filter.echoed").Value);
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

    [Fact]
    public void A_word_that_two_people_say_at_once_is_both_of_theirs()
    {
        for (var second = 0; second < 50; second += 5)
        {
            Assert.Equal("the barrel of beer was a brew of malt and hops", Said("anne", second, "the barrel of beer was a brew of malt and hops"));
            Assert.Equal("in the evening we had nothing of that kind before us", Said("bob", second, "in the evening we had nothing of that kind before us"));
        }
    }

    [Fact]
    public void Once_it_is_known_who_hears_whom_half_of_the_words_are_enough()
    {
        Said(Mic, 10, "the node on stalk of wheat grew late"); // nothing is known yet
        LearnThatTheMicrophoneHearsTheFriend();

        Said(Friend, 20, "the node on the stalk of wheat grew daily");
        Assert.Equal("", Said(Mic, 20, "the note unthought of we three daily here"));
        Assert.Equal("the mute muffled the high tones", Said("else", 20, "the mute muffled the high tones")); // a third one is nobody's echo
    }

    [Fact]
    public void What_its_owner_says_stays_before_beside_and_behind_the_echo()
    {
        LearnThatTheMicrophoneHearsTheFriend();
        Said(Friend, 20, "the gold ring fits only a pierced ear");

        Assert.Equal("and montreal forced the aligner", Said(Mic, 20, "the cold thing fits on a pierced ear and montreal forced the aligner"));
        Said(Friend, 30, "watch the log float in the wide river and the heap of leaves");
        Assert.Equal("well I never thought so", Said(Mic, 30, "watch the log float well I never thought so the heap of leaves"));
        Assert.Equal("I say something of my own now", Said(Mic, 40, "I say something of my own now"));
    }

    [Fact]
    public void What_files_keep_and_what_is_stable_are_left_out_alike()
    {
        LearnThatTheMicrophoneHearsTheFriend();
        Said(Friend, 20, "the gold ring fits only a pierced ear");
        var own = Words(20, "the cold ring fits only a pierced gear and montreal forced the aligner", 0.9);
        var recognized = Words(20, "the gold ring fits only a pierced ear and Montreal Forced the Aligner", 0.9);

        var shown = _filter.Apply(new Transcript(Mic, 7, 3, true, own[0].Start, own[^1].End, "en", own, 10) { Recognized = recognized });

        Assert.Equal(("and montreal forced the aligner", 2), (shown.Text, shown.StableWords));
        Assert.Equal("and Montreal Forced the Aligner", shown.AsRecognized().Text);
    }

    [Fact]
    public void Who_is_recognised_better_is_the_original_also_where_the_other_is_faster()
    {
        Assert.Equal("the old pan was covered with hard fudge", Said(Mic, 10, "the old pan was covered with hard fudge", probability: 0.7));
        Said(Friend, 10, "the old pan was covered with hard fudge");

        Assert.Equal("watch the log float", Said(Friend, 20, "watch the log float"));
        Assert.Equal("", Said(Mic, 20, "watch the log float", probability: 0.7));
    }

    [Fact]
    public void The_first_words_of_a_known_echo_wait_for_the_other_source_and_come_if_that_says_nothing()
    {
        LearnThatTheMicrophoneHearsTheFriend();

        Assert.Equal("", Growing(Mic, 20, "watch"));
        Growing(Friend, 20, "watch the");
        Assert.Equal("", Growing(Mic, 20, "watch the log"));
        Said(Friend, 20, "watch the log float");
        Assert.Equal("", Growing(Mic, 30, "thank"));
        Assert.Equal("thank you all", Growing(Mic, 30, "thank you all"));
    }

    [Fact]
    public void A_source_that_falls_silent_within_a_sentence_is_waited_for_no_longer()
    {
        LearnThatTheMicrophoneHearsTheFriend();
        Growing(Friend, 20, "watch the"); // and nothing more, not even its end
        Growing(Mic, 23, "thank");

        Assert.Equal("thank you all", Growing(Mic, 23, "thank you all"));
    }

    [Fact]
    public void Of_three_that_hear_each_other_one_at_least_is_shown_whoever_hears_best()
    {
        string[] all = ["a", "b", "c"];
        for (var second = 0; second < 60; second += 5)
        {
            var texts = all.Select((source, i) => Said(source, second, "the old pan was covered with hard fudge", 0.9 - (0.1 * ((second + i) % 3)))).ToList();
            Assert.Contains(texts, text => text.Length > 0);
        }
    }

    private void LearnThatTheMicrophoneHearsTheFriend()
    {
        Said(Friend, 15, "his shirt was clean but one button was gone");
        Said(Mic, 15, "his shirt was clean but one button was gone", probability: 0.7);
    }

    private string Said(string source, double start, string text, double probability = 0.9) => Shown(source, start, text, probability, isFinal: true);

    private string Growing(string source, double start, string text) => Shown(source, start, text, 0.9, isFinal: false);

    private string Shown(string source, double start, string text, double probability, bool isFinal)
    {
        var words = Words(start, text, probability);
        return _filter.Apply(new Transcript(source, (long)start, 1, isFinal, new MediaTime(start), words[^1].End, "en", words, isFinal ? words.Length : 0)).Text;
    }

    private static TimedWord[] Words(double start, string text, double probability) =>
        [.. text.Split(' ').Select((word, n) => new TimedWord(word, new MediaTime(start + (0.3 * n)), new MediaTime(start + (0.3 * n) + 0.25), probability))];
}
