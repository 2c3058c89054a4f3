using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class StutterRuleTests
{
    [Theory]
    [InlineData("The gold ring, the gold ring, the", 1.0, "The gold ring, the")] // base, of a second of "The gold ring sits"
    [InlineData("The the.", 0.3, "The")]
    [InlineData("words, words, words, words", 2.0, "words, words, words, words")] // said so, in eval/
    [InlineData("I had had enough of that", 2.0, "I had had enough of that")]
    public void What_repeats_itself_faster_than_people_speak_is_taken_once(string text, double seconds, string taken)
    {
        var counters = new Counters();

        var judged = new StutterRule(counters).Judge(Text(text), seconds);

        Assert.Equal(taken, string.Join(' ', judged.Words.Select(word => word.Text)));
        Assert.Equal(text == taken ? 0 : 1, counters.Get("speech.stutters").Value);
    }

    [Theory]
    [InlineData("Q q q q q q q", 0.48, "Q")] // base's final for the letter
    [InlineData("no no no no", 0.8, "no no no no")]
    public void A_final_is_taken_at_its_word_until_nobody_can_have_spoken_so_fast(string text, double seconds, string taken) =>
        Assert.Equal(taken, string.Join(' ', new StutterRule(new Counters()).Judge(Text(text), seconds, isFinal: true).Words.Select(word => word.Text)));

    private static ModelText Text(string text) => new([], [.. text.Split(' ').Select((word, i) => new ModelWord(word, 0.9, i > 0))], "en");
}
