using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;

namespace BroadcastCaptions.Speech.Words;

/// <summary>
/// Says where words were heard: as the model tells, or as well as that can be known without its attention. A word that was first there
/// after so much audio had ended by then, and its successors of later partials had not: so the words that came together
/// share the speech of their stretch, each by its length in letters.
/// </summary>
internal static class WordTimes
{
    /// <summary>Words appear this long after they ended: a word cut short is rarely recognised. Samples; measured on words.tsv.</summary>
    private const int Lag = VoiceWindow.SampleRate / 10;

    /// <summary>The words with their times: in order, without overlap, within the segment.</summary>
    public static List<TimedWord> Of(IReadOnlyList<ModelWord> words, SpeechSegment segment)
    {
        if (Timing(words) == WordTiming.Aligned) return AsHeard(words, segment);
        var timed = new List<TimedWord>(words.Count);
        double from = FirstSpeech(segment);
        var last = Math.Min(segment.SpeechCount, segment.HeardCount);
        for (var first = 0; first < words.Count;)
        {
            var (end, seen) = Together(segment.Progress.Ages, first, words.Count);
            var to = end == words.Count ? last : Math.Clamp(seen - Lag, from, Math.Max(from, last));
            Spread(words, first, end, from, Math.Max(from, to), segment, timed);
            (first, from) = (end, Math.Max(from, to));
        }

        return timed;
    }

    /// <summary>The middle of a word, in seconds of media time.</summary>
    public static double Middle(TimedWord word) => (word.Start.Seconds + word.End.Seconds) / 2;

    /// <summary>How exact their times are.</summary>
    public static WordTiming Timing(IReadOnlyList<ModelWord> words) => words.Any(word => word.Heard is null) ? WordTiming.FirstSeen : WordTiming.Aligned;

    private static List<TimedWord> AsHeard(IReadOnlyList<ModelWord> words, SpeechSegment segment)
    {
        var timed = new List<TimedWord>(words.Count);
        var from = FirstSpeech(segment); // the first token listens to the silence before it, too
        foreach (var word in words)
        {
            var start = Math.Clamp(word.Heard!.Value.Start, from, Math.Max(from, segment.HeardCount));
            from = Math.Clamp(word.Heard.Value.End, start, Math.Max(start, segment.HeardCount));
            timed.Add(new(word.Text, Time(segment, start), Time(segment, from), word.Probability, word.SpaceBefore));
        }

        return timed;
    }

    /// <summary>The words from <paramref name="first"/> on that came together, and after how many samples.</summary>
    private static (int End, double Seen) Together(WordAges ages, int first, int count)
    {
        // A word that was replaced late had been spoken no later than what follows it.
        var seen = double.PositiveInfinity;
        for (var i = first; i < count; i++) seen = Math.Min(seen, ages.Since(i));
        var end = count;
        while (end > first + 1 && ages.Since(end - 1) > seen) end--;
        return (end, seen);
    }

    private static void Spread(
        IReadOnlyList<ModelWord> words, int first, int end, double from, double to, SpeechSegment segment, List<TimedWord> timed)
    {
        double letters = 0, total = 0;
        for (var i = first; i < end; i++) total += Weight(words[i]);
        var voiced = new VoicedStretch(segment, from, to);
        for (var i = first; i < end; i++)
        {
            var start = voiced.At(letters / total);
            letters += Weight(words[i]);
            var word = words[i];
            timed.Add(new(word.Text, Time(segment, start), Time(segment, voiced.At(letters / total)), word.Probability, word.SpaceBefore));
        }
    }

    private static int Weight(ModelWord word) => word.Text.Length + 1;

    private static Time.MediaTime Time(SpeechSegment segment, double samples) =>
        segment.StartTime.Plus(samples / VoiceWindow.SampleRate);

    private static int FirstSpeech(SpeechSegment segment)
    {
        var window = 0;
        while (window < segment.Probabilities.Length && !segment.IsSpeech(window)) window++;
        return Math.Min(segment.SpeechCount, segment.Lead + (window * VoiceWindow.Samples));
    }
}
