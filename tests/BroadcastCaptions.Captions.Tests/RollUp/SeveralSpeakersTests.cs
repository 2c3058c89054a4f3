namespace BroadcastCaptions.Captions.Tests.RollUp;

public class SeveralSpeakersTests
{
    private readonly Screen _screen = new(2, 20, "Alice", "Bob");

    [Fact]
    public void One_source_has_no_label_although_it_is_set()
    {
        Assert.Equal("hello", new Screen(2, 20, "Alice").Partial("hello", source: "Alice"));
    }

    [Fact]
    public void Each_turn_begins_a_line_with_its_label()
    {
        _screen.Final("hello", source: "Alice");
        Assert.Equal("ALICE: hello|BOB: hi Alice", _screen.Final("hi Alice", source: "Bob", at: 2));
        Assert.Equal("BOB: hi Alice|ALICE: good", _screen.Final("good", segment: 2, source: "Alice", at: 3));
        Assert.Equal("BOB: hi Alice|ALICE: good day", _screen.Final("day", segment: 3, source: "Alice", at: 4));
    }

    [Fact]
    public void A_turn_that_wraps_has_its_label_once() =>
        Assert.Equal("ALICE: one two three|four five", _screen.Final("one two three four five", source: "Alice"));

    [Fact]
    public void Two_who_speak_at_once_are_both_visible_and_keep_their_rows()
    {
        _screen.Partial("one", source: "Alice");
        _screen.Partial("uno", source: "Bob");
        Assert.Equal("ALICE: one two|BOB: uno", _screen.Partial("one two", source: "Alice"));
        Assert.Equal("ALICE: one two|BOB: uno dos", _screen.Partial("uno dos", source: "Bob"));
    }

    [Fact]
    public void Words_that_do_not_fit_their_row_go_on_below_the_other_speaker()
    {
        _screen.Partial("one two", source: "Alice", stable: 2);
        _screen.Partial("uno", source: "Bob");
        Assert.Equal("BOB: uno|ALICE: four", _screen.Partial("one two three four", source: "Alice", stable: 3));
    }

    [Fact]
    public void Words_of_one_whose_row_scrolled_away_go_on_at_the_bottom()
    {
        _screen.Partial("one", source: "Alice", stable: 1);
        _screen.Final("uno dos tres cuatro cinco seis siete ocho", source: "Bob");
        Assert.Equal("siete ocho|ALICE: two", _screen.Partial("one two", source: "Alice", stable: 1));
    }

    [Fact]
    public void A_final_that_only_confirms_what_scrolled_away_is_not_shown_again()
    {
        _screen.Partial("one", source: "Alice");
        var shown = _screen.Final("uno dos tres cuatro cinco seis siete", source: "Bob");
        Assert.Equal(shown, _screen.Final("one", source: "Alice"));
    }

    [Fact]
    public void A_row_that_one_left_blank_is_used_by_the_other()
    {
        _screen.Partial("one", source: "Alice");
        _screen.Partial("uh", source: "Bob");
        Assert.Equal("ALICE: one|", _screen.Final("", source: "Bob"));
        Assert.Equal("ALICE: one two|three", _screen.Partial("one two three", source: "Alice").Replace("one two three", "one two|three", StringComparison.Ordinal).TrimEnd('|'));
    }

    [Fact]
    public void A_long_label_leaves_room_for_words()
    {
        var screen = new Screen(2, 20, "Bartholomew the Great", "Bob");
        Assert.Equal("BARTHOLO: hello", screen.Partial("hello", source: "Bartholomew the Great"));
    }
}
