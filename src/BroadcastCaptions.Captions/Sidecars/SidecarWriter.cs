using BroadcastCaptions.Metrics;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Sidecars;

/// <summary>
/// Writes cues to one file as they come, each at once. A cue's end is written as if silence followed, and is set back in
/// place (same number of characters) when the next words come sooner. While the disk refuses, cues wait in a bounded
/// queue; what that cannot hold is given up, counted, and named in the file.
/// </summary>
internal sealed class SidecarWriter(
    SidecarFile file, SidecarFormat format, string header, SidecarHealth health, Counter lostCues) : IDisposable
{
    /// <summary>Cues that wait while the disk is full: some hours of speech, about a megabyte.</summary>
    internal const int QueueLimit = 4096;

    private readonly Queue<SidecarCue> _waiting = new();
    private SidecarCue? _last;
    private long _lastEndTimeAt = -1;
    private LostSpan? _lost;
    private int _numbers;
    private bool _hasHeader = header.Length == 0;

    /// <summary>Takes a cue.</summary>
    public void Add(SidecarCue cue)
    {
        _waiting.Enqueue(cue);
        if (_waiting.Count <= QueueLimit) return;
        _lost = LostSpan.Extend(_lost, _waiting.Dequeue());
        lostCues.Add();
        health.Losing(_lost);
    }

    /// <summary>Writes what waits, unless a failure asks for patience.</summary>
    public void Write(MediaTime now)
    {
        if (health.MayTry(now)) TryWrite(now);
    }

    /// <summary>Writes what waits, as well as the disk lets us, and says what it did not.</summary>
    public void Finish()
    {
        TryWrite(_last?.End ?? MediaTime.Zero);
        foreach (var cue in _waiting)
        {
            _lost = LostSpan.Extend(_lost, cue);
            lostCues.Add();
        }

        _waiting.Clear();
        if (_lost is not null) health.Ended(_lost);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void TryWrite(MediaTime now)
    {
        try
        {
            WriteHeader();
            WriteLoss();
            while (_waiting.TryPeek(out var cue))
            {
                WriteCue(cue);
                _waiting.Dequeue();
            }

            health.Recovered();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            health.Failed(e, now, _waiting.TryPeek(out var first) ? first.Start : null);
        }
    }

    private void WriteHeader()
    {
        if (_hasHeader) return;
        file.Append(header);
        _hasHeader = true;
    }

    private void WriteLoss()
    {
        if (_lost is null) return;
        file.Append(format.RenderLoss(_lost.From, _lost.To, _numbers + 1).Text);
        if (format.NumbersLosses) _numbers++;
        _lost = null;
    }

    private void WriteCue(SidecarCue next)
    {
        var cue = next;
        if (_last is not null && next.Start < _last.Start)
        {
            // Said at once with words that are written already: in a file, begins never go back.
            cue = next with { Start = _last.Start, End = MediaTime.Max(next.End, _last.Start.Plus(CueRules.Shortest)) };
        }

        SetBackLast(cue);
        var entry = format.Render(cue, _numbers + 1);
        var at = file.Length;
        file.Append(entry.Text);
        _numbers++;
        _last = cue;
        _lastEndTimeAt = entry.EndTimeAt < 0 ? -1 : at + entry.EndTimeAt;
    }

    /// <summary>The last cue was to stay on for reading; it leaves for the next one.</summary>
    private void SetBackLast(SidecarCue next)
    {
        if (_last is null || _lastEndTimeAt < 0) return;
        var end = _last.Source == next.Source
            ? CueRules.EndBefore(_last, next.Start)
            : CueRules.EndBeforeOther(_last, next.Start);
        var (before, after) = (format.Time(_last.End), format.Time(end));
        if (after == before || after.Length != before.Length) return;
        file.Overwrite(_lastEndTimeAt, after);
        _last = _last with { End = end };
    }
}
