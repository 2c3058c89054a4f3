using BroadcastCaptions.Events;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Tests.RollUp;

public class RollUpFormatterTests
{
    [Fact]
    public void Words_flow_and_roll_up()
    {
        var screen = new Screen();
        Assert.Equal("one two", screen.Partial("one two"));
        Assert.Equal("one two three four|five", screen.Partial("one two three four five"));
        Assert.Equal("five six seven|eight-hundred nine", screen.Partial("one two three four five six seven eight-hundred nine"));
    }

    [Fact]
    public void Every_change_is_a_revision_of_one_cue_and_no_change_is_none()
    {
        var screen = new Screen();
        screen.Partial("one");
        screen.Partial("one");
        screen.Partial("one two");
        Assert.Equal([1, 2], screen.Events.OfType<CueEvent>().Select(e => e.Cue.Revision));
        Assert.All(screen.Events.OfType<CueEvent>(), e => Assert.Equal(1, e.Cue.Id));
    }

    [Fact]
    public void Words_on_frozen_rows_that_a_cut_hands_to_the_next_segment_are_shown_once()
    {
        var screen = new Screen();
        screen.Partial("one two three four five six seven eight nine", stable: 9);
        Assert.Equal("five six seven eight|nine", screen.Text);

        Assert.Equal("five six seven eight|nine", screen.Final("one two three", at: 2));
        Assert.Equal("five six seven eight|nine ten", screen.Partial("four five six seven eight nine ten", stable: 6, segment: 2, at: 2));
    }

    [Fact]
    public void A_full_stable_line_is_frozen_and_later_words_do_not_flow_back()
    {
        var screen = new Screen();
        screen.Partial("one two three four incomprehensible", stable: 4);
        Assert.Equal("one two three four|in", screen.Partial("one two three four in", stable: 4));
    }

    [Fact]
    public void Unstable_words_wrap_anew_with_each_revision()
    {
        var screen = new Screen();
        screen.Partial("one two three four incomprehensible", stable: 3);
        Assert.Equal("one two three for in|", screen.Partial("one two three for in", stable: 3));
    }

    [Fact]
    public void A_revision_that_takes_words_back_does_not_scroll_back()
    {
        var screen = new Screen();
        screen.Partial("one two three four five six seven eight nine ten", stable: 8);
        Assert.Equal("five six seven eight|nine ten", screen.Text);
        Assert.Equal("five six seven eight|", screen.Partial("one two three four five six seven eight", stable: 8));
        Assert.Equal("five six seven eight|nein", screen.Partial("one two three four five six seven eight nein", stable: 8));
    }

    [Fact]
    public void A_revision_shorter_than_what_scrolled_away_shows_in_the_window()
    {
        var screen = new Screen(lines: 1);
        screen.Partial("one two three four five six seven");
        Assert.Equal("five six seven", screen.Text);
        Assert.Equal("one tool", screen.Partial("one tool"));
    }

    [Fact]
    public void Segments_shortly_after_each_other_flow_on_in_one_paragraph()
    {
        var screen = new Screen();
        screen.Final("one two.");
        Assert.Equal("one two. three four|five", screen.Partial("three four five", segment: 2, at: 2));
    }

    [Fact]
    public void Late_partials_of_a_finished_segment_are_ignored()
    {
        var screen = new Screen();
        screen.Final("one two");
        Assert.Equal("one two", screen.Partial("one two three", at: 2));
    }

    [Fact]
    public void Silence_retracts_and_the_next_words_begin_an_empty_block()
    {
        var screen = new Screen();
        screen.Final("one two three four five six", at: 1);
        screen.Tick(5.9);
        Assert.NotNull(screen.Cue);
        screen.Tick(6);
        Assert.Null(screen.Cue);
        Assert.Equal(1, Assert.IsType<RetractEvent>(screen.Events[^1]).Id);
        screen.Tick(7);
        Assert.IsType<RetractEvent>(screen.Events[^1]);
        Assert.Equal("seven", screen.Partial("seven", segment: 2, at: 8));
        Assert.Equal((2, 1), (screen.Cue!.Id, screen.Cue.Revision));
    }

    [Fact]
    public void Words_after_a_long_silence_retract_the_old_block_even_without_a_tick()
    {
        var screen = new Screen();
        screen.Final("one", at: 1);
        screen.Partial("two", segment: 2, at: 30);
        Assert.Equal(["CueEvent", "RetractEvent", "CueEvent"], screen.Events.Select(e => e.GetType().Name));
        Assert.Equal("two", screen.Text);
    }

    [Fact]
    public void A_segment_open_over_a_long_silence_shows_only_its_new_words()
    {
        var screen = new Screen();
        screen.Partial("one two", stable: 2, at: 1);
        screen.Tick(6.5);
        Assert.Equal("three", screen.Show(Say.Partial("mic", 1, "one two three", 2, 1), 7));
    }

    [Fact]
    public void Withdrawn_words_leave_the_screen()
    {
        var screen = new Screen();
        screen.Partial("you");
        Assert.Equal("", screen.Final(""));
        Assert.IsType<RetractEvent>(screen.Events[^1]);
    }

    [Fact]
    public void Words_behind_a_cut_stay_until_the_next_segment_brings_them_again()
    {
        var screen = new Screen();
        screen.Partial("one two three four");
        Assert.Equal("one two three four", screen.Show(Cut(Say.Final("mic", 1, "one two", 1)), 1.5));
        Assert.Equal("one two three four|five", screen.Partial("three four five", segment: 2, at: 1.7));
        Assert.Equal(2, screen.Events.Count);
    }

    [Fact]
    public void Words_behind_a_cut_that_nobody_brings_again_leave_the_screen()
    {
        var screen = new Screen();
        screen.Partial("one two three four");
        screen.Show(Cut(Say.Final("mic", 1, "one two", 1)), 1.5);
        screen.Tick(1.9);
        Assert.Equal("one two three four", screen.Text);
        screen.Tick(2.1);
        Assert.Equal("one two", screen.Text);
    }

    [Fact]
    public void Clear_forgets_what_is_being_said()
    {
        var screen = new Screen();
        screen.Partial("my password is", at: 1);
        screen.Clear(2);
        Assert.Null(screen.Cue);
        screen.Show(Say.Final("mic", 1, "my password is tiger", 1), 3);
        Assert.Null(screen.Cue);
        Assert.Equal("well", screen.Partial("well", segment: 2, at: 4));
    }

    [Fact]
    public void Tells_which_part_of_a_line_will_not_change()
    {
        var screen = new Screen();
        screen.Partial("one two three four five six", stable: 3);
        Assert.Equal("one two three|", screen.Stable);
        screen.Final("one two three four five six");
        Assert.Equal(screen.Text, screen.Stable);
    }

    [Fact]
    public void Tells_when_the_visible_words_were_spoken()
    {
        var screen = new Screen();
        screen.Final("one two three four five six", at: 10);
        Assert.Equal(10, screen.Cue!.Start.Seconds, 3);
        Assert.Equal(12.9, screen.Cue.End.Seconds, 3);
    }

    /// <summary>The same, ending where its last word does.</summary>
    private static Transcript Cut(Transcript transcript) => transcript with { End = transcript.Words[^1].End };
}
