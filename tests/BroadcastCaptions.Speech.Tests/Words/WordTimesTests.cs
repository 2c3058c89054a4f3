using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Speech.Tests.Streaming;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Tests.Words;

public sealed class WordTimesTests
{
    private readonly SpeechSegment _segment = Spoken(seconds: 1);

    [Fact]
    public void Words_stand_where_the_model_heard_them()
    {
        var words = WordTimes.Of([Word("one", 1600, 4800), Word("two", 6400, 8000)], _segment);

        Assert.Equal([(10.1, 10.3), (10.4, 10.5)], words.Select(word => (Math.Round(word.Start.Seconds, 6), Math.Round(word.End.Seconds, 6))));
        Assert.Equal(WordTiming.Aligned, WordTimes.Timing([Word("one", 1600, 4800)]));
    }

    [Fact]
    public void They_do_not_overlap_and_stay_within_what_was_heard()
    {
        var words = WordTimes.Of([Word("one", 1600, 4800), Word("two", 3200, 4000), Word("three", 4000, 99_000), Word("four", 99_000, 99_500)], _segment);

        var (end, last) = (10.0, 10 + (_segment.HeardCount / (double)Audio16k.Rate));
        foreach (var word in words)
        {
            Assert.InRange(word.Start.Seconds, end, last);
            Assert.InRange(word.End.Seconds, word.Start.Seconds, last + 1e-9);
            end = word.End.Seconds;
        }
    }

    [Fact]
    public void The_first_word_does_not_begin_before_speech_does()
    {
        var segment = Spoken(seconds: 1, lead: 4000);

        Assert.Equal(10.25, WordTimes.Of([Word("one", 0, 8000)], segment)[0].Start.Seconds, 1e-6);
    }

    [Fact]
    public void Where_the_model_cannot_tell_words_share_what_was_spoken()
    {
        IReadOnlyList<ModelWord> told = [Word("one", 100, 200), new("two", 1, true)];
        _segment.Progress.Advance(_segment.HeardCount, new([], told, "en"), isWhole: true);

        var words = WordTimes.Of(told, _segment);

        Assert.Equal(WordTiming.FirstSeen, WordTimes.Timing(told));
        Assert.InRange(words[0].End.Seconds, 10.3, 10.7);
        Assert.InRange(words[1].End.Seconds, 10.9, 11.1);
    }

    [Fact]
    public void Told_from_earlier_on_a_word_stands_later()
    {
        Assert.Equal(new HeardSpan(1100, 1200), Word("one", 100, 200).Behind(1000).Heard);
        Assert.Null(new ModelWord("one", 1, false).Behind(1000).Heard);
    }

    private static ModelWord Word(string text, int start, int end) => new(text, 1, false) { Heard = new(start, end) };

    private static SpeechSegment Spoken(double seconds, int lead = 0)
    {
        var segment = new SpeechSegment(capacity: 10 * Audio16k.Rate, exitThreshold: 0.3);
        segment.Begin(10 * Audio16k.Rate);
        segment.AppendLead(new float[lead]);
        for (var i = 0; i < seconds * Audio16k.Rate / VoiceWindow.Samples; i++) segment.Append(new float[VoiceWindow.Samples], 1);
        return segment;
    }
}
