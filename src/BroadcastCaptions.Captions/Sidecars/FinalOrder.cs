using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// Brings the finals of several sources into the order in which they were begun, which is what files need and screens do
/// not: a final waits while another source is still in a segment that began before it. With one source nothing ever waits.
/// </summary>
internal sealed class FinalOrder
{
    /// <summary>A source that says nothing more, but whose final never comes, holds the others no longer than this, seconds.</summary>
    private const double LongestWait = 10;

    private readonly Dictionary<(string Source, long Segment), (MediaTime Start, MediaTime Seen)> _open = [];
    private readonly List<(Transcript Final, MediaTime Arrived)> _held = [];

    /// <summary>Takes a transcript, partial or final.</summary>
    public void Add(Transcript transcript, MediaTime now)
    {
        if (!transcript.IsFinal)
        {
            _open[(transcript.Source, transcript.Segment)] = (transcript.Start, now);
            return;
        }

        foreach (var ((source, segment), (_, seen)) in _open.ToArray())
        {
            var isOver = source == transcript.Source && segment <= transcript.Segment;
            if (isOver || now - seen > LongestWait) _open.Remove((source, segment));
        }

        if (transcript.Words.Count == 0) return;
        var after = _held.FindIndex(held => held.Final.Start > transcript.Start);
        _held.Insert(after < 0 ? _held.Count : after, (transcript, now));
    }

    /// <summary>The finals that need not wait any longer, in order.</summary>
    public IEnumerable<Transcript> Release(MediaTime now)
    {
        while (_held.Count > 0 && !MustWait(_held[0].Final, _held[0].Arrived, now)) yield return TakeFirst();
    }

    /// <summary>All finals, in order: the session is over.</summary>
    public IEnumerable<Transcript> ReleaseAll()
    {
        while (_held.Count > 0) yield return TakeFirst();
    }

    private bool MustWait(Transcript first, MediaTime arrived, MediaTime now) =>
        now - arrived < LongestWait && _open.Any(open => open.Key.Source != first.Source && open.Value.Start < first.Start);

    private Transcript TakeFirst()
    {
        var first = _held[0].Final;
        _held.RemoveAt(0);
        return first;
    }
}
