using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Captions.Filters;

/// <summary>
/// Shows once what two sources hear: a loudspeaker into a microphone, a filter on a source and the track that carries it. The words stay with the
/// source that hears them best; of what the other says at that time, what is its own stays.
/// </summary>
/// <param name="inner">The filter behind it. Echoes are judged by what was said, not by what it leaves.</param>
/// <param name="counters">Gets <c>filter.echoed</c>: words left out of finals.</param>
public sealed class EchoFilter(ITextFilter inner, Counters counters) : ITextFilter
{
    private const double Kept = 30; // s

    /// <summary>Sources may come and go for hours; what was learnt of more pairs than this is learnt anew.</summary>
    private const int MostPairs = 1000;

    private readonly Counter _echoed = counters.Get("filter.echoed");
    private readonly Dictionary<(string Source, long Segment), EchoSegment> _heard = [];
    private readonly Dictionary<(string, string), EchoPair> _pairs = [];

    /// <inheritdoc/>
    public Transcript Apply(Transcript transcript)
    {
        foreach (var (old, gone) in _heard)
            if (gone.End < transcript.End.Seconds - Kept) _heard.Remove(old);
        var key = (transcript.Source, transcript.Segment);
        var own = EchoSegment.Of(transcript, before: _heard.GetValueOrDefault(key));
        _heard[key] = own;
        var echoed = new bool[own.Words.Length];
        // What ended as an echo itself makes none: so of three that hear each other one is always shown.
        foreach (var others in _heard.Values.Where(segment => segment.Source != own.Source && (segment.IsOpen || segment.IsShown)).GroupBy(segment => segment.Source))
            PairOf(own.Source, others.Key).Judge(own, [.. others], echoed);

        own.IsShown |= echoed.Contains(false);
        if (!echoed.Contains(true)) return inner.Apply(transcript);
        if (transcript.IsFinal) _echoed.Add(echoed.Count(word => word));
        return inner.Apply(Without(transcript, own, echoed));
    }

    private EchoPair PairOf(string a, string b)
    {
        var key = string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
        if (_pairs.TryGetValue(key, out var known)) return known;
        if (_pairs.Count >= MostPairs) _pairs.Clear();
        return _pairs[key] = new EchoPair(key.Item1, key.Item2);
    }

    // Not by 'with': the text is made of the words once.
    private static Transcript Without(Transcript of, EchoSegment own, bool[] echoed)
    {
        // A word that was heard otherwise, or is no word, shares the fate of the judged one that is next to it in time.
        bool Stays(TimedWord word) => !echoed[own.NextTo(word.Start.Seconds)];
        TimedWord[] words = [.. of.Words.Where(Stays)];
        return new(of.Source, of.Segment, of.Revision, of.IsFinal, of.Start, of.End, of.Language, words, of.Words.Take(of.StableWords).Count(Stays))
        {
            Recognized = ReferenceEquals(of.Recognized, of.Words) ? words : [.. of.Recognized.Where(Stays)],
        };
    }
}
