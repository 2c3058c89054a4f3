using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Streaming;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class StabilizerTests
{
    [Fact]
    public void Steady_shows_a_word_once_it_has_survived()
    {
        var stabilizer = Of(DisplayPolicy.Steady);

        Assert.Null(Partial(stabilizer, 1.0, "Go"));
        Assert.Null(Partial(stabilizer, 1.2, "Go for"));
        Assert.Equal("Go", Partial(stabilizer, 1.24, "Go for")?.Text);
        Assert.Equal("Go for", Partial(stabilizer, 1.44, "Go for ward")?.Text);
    }

    [Fact]
    public void Shown_words_are_stable_once_they_were_spoken_long_enough_ago_and_then_never_change()
    {
        var stabilizer = Settling(1.5);
        Partial(stabilizer, 1.0, "Go forward");

        Assert.Equal(("Go forward", 0), Shown(Partial(stabilizer, 1.3, "Go forward ten")));
        Assert.Equal(("Go forward ten", 1), Shown(Partial(stabilizer, 1.65, "Go forward ten")));
        Assert.Null(Partial(stabilizer, 1.66, "No, backward ten"));
        Assert.Equal(("Go backward ten", 3), Shown(Final(stabilizer, "No, backward ten")));
    }

    [Fact]
    public void Nothing_is_put_between_stable_words_and_nothing_is_said_twice()
    {
        var stabilizer = Settling(1);
        Partial(stabilizer, 1.0, "Go forward ten");
        Assert.Equal(("Go forward ten", 0), Shown(Partial(stabilizer, 1.05, "Go forward ten")));

        Assert.Equal(("Go forward ten", 3), Shown(Partial(stabilizer, 1.5, "Go now forward, ten meters")));
        Assert.Equal(("Go forward ten meters", 3), Shown(Partial(stabilizer, 1.6, "Go now forward-ten meters")));
    }

    [Fact]
    public void A_word_that_is_said_again_is_another_one()
    {
        var stabilizer = Settling(1);
        stabilizer.Next(Heard("mic", 1, 0.2, "ten", isFinal: false));
        Assert.Equal("ten", stabilizer.Next(Heard("mic", 1, 0.3, "ten", isFinal: false))?.Text);

        stabilizer.Next(Heard("mic", 1, 3.2, "ten", isFinal: false, from: 3));

        Assert.Equal("ten ten", stabilizer.Next(Heard("mic", 1, 3.3, "ten", isFinal: false, from: 3))?.Text);
    }

    [Fact]
    public void A_final_also_says_what_was_recognised_in_the_end()
    {
        var stabilizer = Settling(0.5);
        Partial(stabilizer, 1.0, "Go four");
        Partial(stabilizer, 1.3, "Go four");
        Partial(stabilizer, 1.4, "Go four");

        var final = Final(stabilizer, "Go for it")!;

        Assert.Equal("Go four it", final.Text);
        Assert.Equal("Go for it", final.AsRecognized().Text);
    }

    [Fact]
    public void What_was_shown_from_behind_a_cut_begins_the_next_segment()
    {
        var stabilizer = Settling(0.8);
        Partial(stabilizer, 1.0, "one two three four");
        Partial(stabilizer, 1.3, "one two three four");
        Partial(stabilizer, 1.31, "one two three four");

        var cut = stabilizer.Next(Heard("mic", 1, 0.2, "one two", isFinal: true) with { GoesOn = true });
        Assert.Equal("one two", cut?.Text);
        Assert.Equal("three four five", stabilizer.Next(Heard("mic", 2, 1.4, "five", isFinal: true, from: 0.4))?.Text);
    }

    [Fact]
    public void What_only_the_final_before_a_cut_has_does_not_push_on_what_is_read_behind_the_cut()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0.04, ReplaceAfter = 0.1, ShowWithin = 10, ShowStalled = 10, InsertWithin = 10, SettleAfter = 10 });
        Partial(stabilizer, 1.0, "one two three four");
        Partial(stabilizer, 1.3, "one two three four");

        var cut = stabilizer.Next(Heard("mic", 1, 0.2, "one two oh", isFinal: true) with { GoesOn = true })!;

        Assert.Equal("one two", cut.Text);
        Assert.Equal("one two oh", cut.AsRecognized().Text);
    }

    [Fact]
    public void What_was_spoken_after_a_word_in_doubt_does_not_wait_for_it()
    {
        var stabilizer = Of(DisplayPolicy.Steady, replaceAfter: 1);
        Partial(stabilizer, 1.0, "tin cans or");
        Assert.Equal("tin cans or", Partial(stabilizer, 1.3, "tin cans or")?.Text);

        Assert.Null(Partial(stabilizer, 1.4, "tin cans are absent"));
        Assert.Null(Partial(stabilizer, 1.65, "tin cans are absent")); // longer than without a doubt
        Assert.Equal("tin cans or absent", Partial(stabilizer, 1.7, "tin cans are absent from")?.Text);
        Assert.Equal("tin cans are absent from", Partial(stabilizer, 2.4, "tin cans are absent from")?.Text);
    }

    [Fact]
    public void A_word_far_above_is_not_read_otherwise_any_more()
    {
        Assert.Equal("I ten two three four five six", Partial(After("I one two three four five six"), 2, "I ten two three four five six")?.Text);
        Assert.Null(Partial(After("I one two three four five six seven"), 2, "I ten two three four five six seven"));

        static Stabilizer After(string text)
        {
            var stabilizer = Of(DisplayPolicy.Steady);
            Partial(stabilizer, 1.0, text);
            Assert.Equal(text, Partial(stabilizer, 1.3, text)?.Text);
            Assert.Null(Partial(stabilizer, 1.4, text.Replace("one", "ten", StringComparison.Ordinal)));
            return stabilizer;
        }
    }

    [Fact]
    public void A_word_that_is_said_again_and_again_grows_at_its_end()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0.24, ReplaceAfter = 0.1, ReplaceSlower = 0, ShowWithin = 10, ShowStalled = 10, InsertWithin = 1, SettleAfter = 10 });
        Partial(stabilizer, 1.0, "here's more words words");
        Partial(stabilizer, 1.3, "here's more words words");

        Partial(stabilizer, 1.4, "here are more words words words words");
        Assert.Equal("here's more words words words words", Partial(stabilizer, 1.64, "here are more words words words words")?.Text);
    }

    [Fact]
    public void Two_ways_to_write_a_word_are_one_word()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Assert.Null(Partial(stabilizer, 1.0, "levels are okay"));

        Assert.Equal("levels are OK", Partial(stabilizer, 1.24, "levels are OK")?.Text);
    }

    [Fact]
    public void A_word_that_begins_a_hypothesis_is_set_off_from_the_stable_words_before_it()
    {
        var stabilizer = Settling(0.5);
        Partial(stabilizer, 1.0, "Um");
        Partial(stabilizer, 1.3, "Um");
        Partial(stabilizer, 1.4, "Um");

        var words = Heard("mic", 1, 3, "And that", isFinal: true, from: 1.5).Hypothesis.Words.ToArray();
        words[0] = words[0] with { SpaceBefore = false };
        var final = stabilizer.Next(new(new("mic"), 1, true, MediaTime.Zero, new(3), new(3), new([], words, WordTiming.FirstSeen, "en")));

        Assert.Equal("Um And that", final?.Text);
    }

    [Fact]
    public void A_word_that_keeps_changing_is_shown_in_time_and_is_not_called_stable()
    {
        var stabilizer = new Stabilizer(new() { Policy = DisplayPolicy.Steady, SteadyAfter = 0.24, ShowWithin = 0.8, ShowStalled = 10, ReplaceAfter = 0.1, ReplaceSlower = 0, InsertWithin = 10, SettleAfter = 10 });
        Partial(stabilizer, 0.5, "Go");
        Assert.Equal(("Go", 0), Shown(Partial(stabilizer, 0.8, "Go four")));

        Assert.Equal(("Go for", 0), Shown(Partial(stabilizer, 1.01, "Go for")));
    }

    [Fact]
    public void What_one_hypothesis_says_was_spoken_long_ago_is_not_shown_for_that()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0.24, ShowWithin = 0.8, ShowStalled = 10, ReplaceAfter = 0.1, InsertWithin = 10, SettleAfter = 10 });

        Assert.Equal("so this is", Partial(stabilizer, 2.0, "so this is")?.Text);
        Assert.Null(Partial(stabilizer, 2.1, "so this is it so this is"));
        Assert.Equal("so this is it", Partial(stabilizer, 2.2, "so this is it")?.Text);
    }

    [Fact]
    public void What_the_hypothesis_before_could_not_have_heard_is_shown_in_time()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0.24, ShowWithin = 0.8, ShowStalled = 10, ReplaceAfter = 0.1, InsertWithin = 10, SettleAfter = 10 });

        Assert.Equal("so", stabilizer.Next(Heard("mic", 1, 2.8, "so", isFinal: false, from: 1.8))?.Text); // the first has none before it
        Assert.Equal("so this is it", stabilizer.Next(Heard("mic", 1, 5, "so this is it", isFinal: false, from: 2.75))?.Text);
    }

    [Fact]
    public void Words_of_which_every_hypothesis_has_others_are_shown_in_time()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0.24, ShowWithin = 10, ShowStalled = 0.5, ReplaceAfter = 0.1, InsertWithin = 10, SettleAfter = 10 });
        Partial(stabilizer, 0.5, "Go");
        Assert.Equal("Go", Partial(stabilizer, 0.8, "Go four")?.Text);
        Assert.Null(Partial(stabilizer, 1.0, "Go a Tuesday"));
        Assert.Null(Partial(stabilizer, 1.2, "Go"));

        Assert.Equal("Go a loose", Partial(stabilizer, 1.31, "Go a loose")?.Text);
        Assert.Null(Partial(stabilizer, 1.4, "Go a loose decor")); // and from here on it is waited again
    }

    [Fact]
    public void A_word_that_changes_begins_anew()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Partial(stabilizer, 1.0, "Go for");
        Assert.Equal("Go", Partial(stabilizer, 1.3, "Go four")?.Text);

        Assert.Null(Partial(stabilizer, 1.5, "Go four"));
        Assert.Equal("Go four", Partial(stabilizer, 1.6, "Go four")?.Text);
    }

    [Fact]
    public void Of_two_readings_that_take_turns_the_shown_one_stays()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Partial(stabilizer, 1.0, "plies up a bit");
        Assert.Equal("plies up a bit", Partial(stabilizer, 1.3, "plies up a bit")?.Text);

        for (var at = 1.4; at < 3; at += 0.2)
        {
            Assert.Null(Partial(stabilizer, at, "applied something a bit"));
            Assert.Null(Partial(stabilizer, at + 0.1, "plies up a bit"));
        }
    }

    [Fact]
    public void Case_and_punctuation_that_come_and_go_change_nothing_on_screen()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Partial(stabilizer, 1.0, "ten meters");
        Assert.Equal("ten meters", Partial(stabilizer, 1.3, "ten meters")?.Text);

        Assert.Null(Partial(stabilizer, 1.4, "Ten meters."));
        Assert.Null(Partial(stabilizer, 1.5, "ten meters"));
        Assert.Null(Partial(stabilizer, 1.6, "Ten meters."));
        Assert.Equal("Ten meters.", Partial(stabilizer, 2.3, "Ten meters.")?.Text);
    }

    [Fact]
    public void A_reading_that_lasts_takes_the_place_of_the_shown_one_the_later_the_older_the_words()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0.1, ReplaceAfter = 0.2, ReplaceSlower = 0.5, ShowWithin = 10, ShowStalled = 10, InsertWithin = 10, SettleAfter = 10 });
        Partial(stabilizer, 1.0, "go four ten");
        Partial(stabilizer, 1.2, "go four ten");

        Assert.Null(Partial(stabilizer, 1.3, "go for ten"));
        Assert.Null(Partial(stabilizer, 1.9, "go for ten")); // asked: 0.2 + 0.5 × 1.7 s
        Assert.Equal("go for ten", Partial(stabilizer, 2.9, "go for ten")?.Text);
    }

    [Fact]
    public void More_words_than_are_shown_take_their_place_only_while_they_are_young()
    {
        Assert.Equal("we are in sorting out", Partial(After("we sorting"), 1.0, "we are in sorting out")?.Text);
        Assert.Null(Partial(After("we sorting"), 1.8, "we are in sorting"));
        Assert.Equal("we sorting", Final(After("we sorting"), "we are in sorting")?.Text);
        Assert.Equal("we assorting", Final(After("we sorting"), "we assorting")?.Text); // one for one
        Assert.Equal("we sorting things out", Final(After("we sorting"), "we sorting things out")?.Text); // behind them

        static Stabilizer After(string text)
        {
            var stabilizer = new Stabilizer(new() { SteadyAfter = 0, ReplaceAfter = 0.1, ReplaceSlower = 0, InsertWithin = 1, SettleAfter = 10 });
            Assert.Equal(text, Partial(stabilizer, 0.5, text)?.Text);
            Partial(stabilizer, 0.8, "we are in sorting");
            return stabilizer;
        }
    }

    [Fact]
    public void Where_the_end_was_heard_otherwise_too_late_what_is_newer_is_put_behind_it()
    {
        var stabilizer = new Stabilizer(new() { SteadyAfter = 0, ReplaceAfter = 0.1, ReplaceSlower = 0, InsertWithin = 1, SettleAfter = 10 });
        Partial(stabilizer, 0.5, "a coffee or");

        Assert.Equal("a coffee or to cough here", Partial(stabilizer, 2, "I should go to cough here")?.Text);
    }

    [Fact]
    public void Case_punctuation_and_hyphens_do_not_make_a_word_new()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Partial(stabilizer, 1.0, "The gold-ring fits");

        Assert.Equal("the gold ring fits.", Partial(stabilizer, 1.3, "the gold ring fits.")?.Text);
    }

    [Fact]
    public void What_is_shown_stays_while_the_recogniser_hesitates()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Partial(stabilizer, 1.0, "Go forward ten");
        Partial(stabilizer, 1.3, "Go forward ten");

        Assert.Null(Partial(stabilizer, 1.5, "Go"));
        Assert.Null(Partial(stabilizer, 1.6, ""));
        Assert.Null(Partial(stabilizer, 1.7, "Go forward"));
    }

    [Fact]
    public void Fast_shows_every_hypothesis_as_it_comes()
    {
        var stabilizer = Of(DisplayPolicy.Fast);

        Assert.Equal(("Go for", 0), Shown(Partial(stabilizer, 1.0, "Go for")));
        Assert.Equal(("Go four ten", 0), Shown(Partial(stabilizer, 1.3, "Go four ten")));
        Assert.Equal(("Go", 0), Shown(Partial(stabilizer, 1.4, "Go")));
    }

    [Fact]
    public void Finals_only_shows_finals_only()
    {
        var stabilizer = Of(DisplayPolicy.FinalOnly);

        Assert.Null(Partial(stabilizer, 1.0, "Go"));
        Assert.Equal("Go", Final(stabilizer, "Go")?.Text);
    }

    [Fact]
    public void A_final_is_stable_to_its_last_word_and_counts_on()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        Partial(stabilizer, 1.0, "Go");
        Partial(stabilizer, 1.3, "Go");

        var final = Final(stabilizer, "Go forward")!;

        Assert.True(final.IsFinal);
        Assert.Equal((2, 2), (final.StableWords, final.Revision));
    }

    [Fact]
    public void A_final_without_words_takes_back_what_was_shown_and_is_silent_otherwise()
    {
        var shown = Of(DisplayPolicy.Fast);
        Partial(shown, 1.0, "You");

        Assert.Equal("", Final(shown, "")?.Text);
        Assert.Null(Final(Of(DisplayPolicy.Fast), ""));
    }

    [Fact]
    public void Sources_do_not_disturb_each_other()
    {
        var stabilizer = Of(DisplayPolicy.Steady);
        stabilizer.Next(Heard("a", 1, 1.0, "one", isFinal: false));
        stabilizer.Next(Heard("b", 1, 1.1, "two", isFinal: false));

        Assert.Equal("one", stabilizer.Next(Heard("a", 1, 1.3, "one", isFinal: false))?.Text);
        Assert.Equal("two", stabilizer.Next(Heard("b", 1, 1.4, "two", isFinal: false))?.Text);
    }

    private static Stabilizer Of(DisplayPolicy policy, double replaceAfter = 0.12) => new(new() { Policy = policy, SteadyAfter = 0.24, ShowWithin = 10, ShowStalled = 10, ReplaceAfter = replaceAfter, ReplaceSlower = 0, InsertWithin = 10, SettleAfter = 10 });

    private static Stabilizer Settling(double after) => new(new() { SteadyAfter = 0.04, ReplaceAfter = 0.1, ShowWithin = 10, ShowStalled = 10, InsertWithin = 10, SettleAfter = after });

    private static (string, int) Shown(Transcript? transcript) => (transcript!.Text, transcript.StableWords);

    private static Transcript? Partial(Stabilizer stabilizer, double at, string text) => stabilizer.Next(Heard("mic", 1, at, text, isFinal: false));

    private static Transcript? Final(Stabilizer stabilizer, string text) => stabilizer.Next(Heard("mic", 1, 3, text, isFinal: true));

    private static Recognition Heard(string source, long segment, double at, string text, bool isFinal, double from = 0)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((word, i) => new TimedWord(word, new(from + (0.1 * i)), new(from + (0.1 * (i + 1))), 0.9)).ToArray();
        return new(new(source), segment, isFinal, MediaTime.Zero, new(at), new(at), new([], words, WordTiming.FirstSeen, "en"));
    }
}
