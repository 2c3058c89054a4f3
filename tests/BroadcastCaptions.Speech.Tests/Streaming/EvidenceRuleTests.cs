using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class EvidenceRuleTests
{
    private static readonly SpeechEvidence Sure = new(0.99f, 0.9f, 1);
    private static readonly SpeechEvidence Faint = new(0.8f, 0.5f, 1);
    private readonly Counters _counters = new();

    [Theory]
    [InlineData("you are here", -2.5, "speech.hallucinations")] // no speech is so unlikely
    [InlineData("Okay.", -1.3, "speech.hallucinations")] // what is said of short sounds, doubtfully
    [InlineData("you are here", -1.3, null)]
    [InlineData("Okay.", -0.5, null)]
    public void Where_the_detector_is_sure_the_model_must_not_be_in_great_doubt(string text, double logProbability, string? counter) =>
        AssertJudged(text, logProbability, Sure, counter);

    [Theory]
    [InlineData("Thanks for watching!", -0.1, "speech.words_on_silence")] // what subtitles end with
    [InlineData("come over here", -1.1, "speech.words_on_silence")]
    [InlineData("and so we go on and on", -0.1, "speech.words_on_silence")] // nobody speaks so fast
    [InlineData("come over here", -0.9, null)]
    [InlineData("help", -1.5, null)] // one soft word is too little to tell
    public void Where_the_detector_is_not_sure_the_model_has_to_be(string text, double logProbability, string? counter) =>
        AssertJudged(text, logProbability, Faint, counter);

    [Fact]
    public void Nothing_where_somebody_certainly_speaks_is_counted()
    {
        AssertJudged("", 0, Faint, null);
        AssertJudged("", 0, Sure, "speech.empty_on_speech");
    }

    private void AssertJudged(string text, double logProbability, SpeechEvidence evidence, string? counter)
    {
        string[] guards = ["speech.hallucinations", "speech.words_on_silence", "speech.empty_on_speech"];
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new ModelWord(word, 0.9, true)).ToArray();
        var answer = new ModelText([.. words.Select(_ => new ScoredToken(3, (float)logProbability))], words, "en");

        var judged = new EvidenceRule(_counters).Judge(answer, evidence, isFinal: true);

        Assert.Equal(counter is null ? words.Length : 0, judged.Words.Count);
        Assert.Equal(guards.Where(guard => guard == counter), guards.Where(guard => _counters.Get(guard).Value == 1));
    }
}
