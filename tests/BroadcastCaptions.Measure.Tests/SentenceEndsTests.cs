namespace BroadcastCaptions.Measure.Tests;

public sealed class SentenceEndsTests
{
    [Theory]
    [InlineData("The old pan was hard. Watch the log.", "The old pan was hard. Watch the log.", 0, 0, 1)]
    [InlineData("The old pan was hard. Watch the log.", "The old. Pan was hard watch the log.", 1, 1, 0)]
    [InlineData("From fairest creatures we desire, that", "From fairest creatures. We desire? That", 2, 0, 0)]
    [InlineData("one two three four", "one two. five three four.", 0, 0, 0)] // between which two words it stands cannot be said
    [InlineData("Mr. Dashwood had \"leisure.\" Then he", "Mr. Dashwood had leisure. Then he", 0, 0, 1)]
    public void A_full_stop_is_false_where_the_reference_has_none_between_the_same_words(string reference, string output, int wrong, int missed, int right)
    {
        var ends = SentenceEnds.Of(reference, output);

        Assert.Equal((wrong, missed, right), (ends.False, ends.Missed, ends.Right));
    }
}
