using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Tests.Words;

public sealed class WordAgesTests
{
    private readonly WordAges _ages = new();

    [Fact]
    public void A_word_is_as_old_as_its_first_appearance()
    {
        Assert.Equal([1], Since(1, "Go"));
        Assert.Equal([1, 2], Since(2, "Go for"));
        Assert.Equal([1, 2, 3], Since(3, "go for ten."));
    }

    [Fact]
    public void A_replaced_word_is_new_but_its_neighbours_are_not()
    {
        Since(1, "one two three");

        Assert.Equal([1, 2, 1], Since(2, "one too three"));
    }

    [Fact]
    public void A_word_put_in_leaves_the_others_their_age()
    {
        Since(1, "one three");

        Assert.Equal([1, 2, 1], Since(2, "one two three"));
    }

    [Fact]
    public void Words_between_two_that_changed_keep_their_age()
    {
        Since(1, "a one two b three");

        Assert.Equal([2, 1, 1, 2, 1], Since(2, "x one two y three"));
    }

    [Fact]
    public void Words_that_were_taken_out_do_not_age_their_neighbours()
    {
        Since(1, "one two three one");

        Assert.Equal([1, 1], Since(2, "two one"));
    }

    [Fact]
    public void A_hyphenated_word_is_as_old_as_its_youngest_part()
    {
        Since(1, "the gold");
        Since(2, "the gold ring");

        Assert.Equal([1, 2], Since(3, "the gold-ring"));
    }

    [Fact]
    public void Punctuation_alone_is_as_old_as_the_word_before_it()
    {
        Since(1, "yes");

        Assert.Equal([1, 1], Since(2, "yes —"));
    }

    [Fact]
    public void The_same_words_said_later_are_new()
    {
        Since(1, "one two", at: 0.5);

        Assert.Equal([1, 1], Since(2, "one two", at: 1.2));
        Assert.Equal([3, 3], Since(3, "one two", at: 2.6));
    }

    private IEnumerable<double> Since(double now, string text, double at = double.NaN)
    {
        _ages.Update(text.Split(' ').Select(word => (word, at, at)), now);
        return Enumerable.Range(0, _ages.Count).Select(_ages.Since);
    }
}
