using BroadcastCaptions.Audio;
using BroadcastCaptions.Events;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.RollUp;

/// <summary>
/// Makes the block of a live screen out of filtered transcripts, partial and final, of all sources: at most
/// <see cref="DisplayOptions.Lines"/> rows of <see cref="DisplayOptions.Columns"/> columns that roll up. Rules for people
/// who read for hours:
/// rows never change places and only scroll up; a full row whose words are stable is frozen; words wrap after it; a
/// revision that takes words back leaves its rows blank rather than scroll back; where a long segment is cut, its
/// words behind the cut stay until the next segment brings them again; segments of one speaker flow on in one
/// paragraph; a speaker's turn begins a row with the label. Pure and single-threaded; time is what callers pass in.
/// </summary>
public sealed class RollUpFormatter
{
    private readonly Dictionary<string, Speaker> _speakers = [];
    private readonly Block _block;
    private readonly CueRevisions _cue = new();
    private readonly DisplayOptions _options;
    private readonly List<AudioSource> _sources;
    private MediaTime _lastHeard;

    /// <summary>A formatter with an empty block.</summary>
    /// <param name="options">Lines, columns and time-out.</param>
    /// <param name="sources">All sources of the session; labels are shown where there are two or more.</param>
    public RollUpFormatter(DisplayOptions options, IReadOnlyList<AudioSource> sources)
    {
        _options = options;
        _block = new Block(options.Lines, options.Columns);
        _sources = [.. sources];
        Label();
    }

    /// <summary>A source joins, or is called otherwise: from its next turn on.</summary>
    public void Add(AudioSource source)
    {
        _sources.RemoveAll(known => known.Id == source.Id);
        _sources.Add(source);
        Label();
    }

    /// <summary>Words kept, of all sources; for tests of boundedness.</summary>
    internal int WordsKept => _speakers.Values.Sum(speaker => speaker.WordsKept);

    /// <summary>Takes a transcript.</summary>
    /// <param name="transcript">A partial or final, after the text filters.</param>
    /// <param name="now">This moment; never earlier than at the last call.</param>
    /// <returns>What changed on the screen: nothing, a <see cref="CueEvent"/>, a <see cref="RetractEvent"/>, or a retraction and a cue.</returns>
    public IReadOnlyList<CaptionEvent> Accept(Transcript transcript, MediaTime now)
    {
        var timedOut = Tick(now);
        var speaker = SpeakerOf(transcript.Source);
        if (!speaker.HasOpenWords && !_block.SpokeLast(speaker)) speaker.CloseTurn();
        if (!speaker.Take(transcript, now)) return timedOut;
        if (transcript.Words.Count > 0) _lastHeard = now;
        var changed = speaker.IsHolding ? [] : Show(speaker, now);
        return timedOut.Count == 0 ? changed : [.. timedOut, .. changed];
    }

    /// <summary>Lets time pass: after <see cref="DisplayOptions.ClearAfter"/> seconds in which nobody spoke the block leaves the screen.</summary>
    /// <param name="now">This moment; never earlier than at the last call.</param>
    /// <returns>Nothing, a <see cref="CueEvent"/> that takes words back after all, or a <see cref="RetractEvent"/>.</returns>
    public IReadOnlyList<CaptionEvent> Tick(MediaTime now)
    {
        List<CaptionEvent>? changed = null;
        foreach (var speaker in _speakers.Values)
            if (speaker.TakeHeld(now)) (changed ??= []).AddRange(Show(speaker, now));
        if (changed is not null) return changed;
        if (!_cue.IsShown || now - _lastHeard < _options.ClearAfter) return [];
        return Empty(now);
    }

    /// <summary>
    /// Empties the block at once and forgets what is being said: words of segments that began before <paramref name="now"/>
    /// are not shown again.
    /// </summary>
    /// <returns>Nothing, or a <see cref="RetractEvent"/>.</returns>
    public IReadOnlyList<CaptionEvent> Clear(MediaTime now)
    {
        foreach (var speaker in _speakers.Values) speaker.Forget(now);
        return Empty(now);
    }

    private IReadOnlyList<CaptionEvent> Show(Speaker speaker, MediaTime now)
    {
        Typesetter.Show(speaker, _block);
        CloseScrolledOff();
        return Publish(now);
    }

    private IReadOnlyList<CaptionEvent> Publish(MediaTime now)
    {
        if (_block.Visible.All(row => row.IsBlank)) return Empty(now);
        return _cue.Next(_block.Visible) is { } cue ? [new CueEvent(now, cue)] : [];
    }

    private IReadOnlyList<CaptionEvent> Empty(MediaTime now)
    {
        _block.Clear();
        foreach (var speaker in _speakers.Values) speaker.CloseTurn();
        return _cue.Retract() is { } id ? [new RetractEvent(now, id)] : [];
    }

    /// <summary>Turns that nobody sees any more are over: nothing may be kept for them.</summary>
    private void CloseScrolledOff()
    {
        foreach (var speaker in _speakers.Values)
            if (!speaker.HasOpenWords && speaker.Rows.Count > 0 && _block.IsScrolledOff(speaker.Rows[^1])) speaker.CloseTurn();
    }

    private Speaker SpeakerOf(string source)
    {
        if (!_speakers.ContainsKey(source)) Add(new AudioSource(source));
        return _speakers[source];
    }

    private void Label()
    {
        foreach (var source in _sources)
        {
            var prefix = SpeakerLabel.Prefix(source, _sources.Count, _options.Columns);
            if (_speakers.TryGetValue(source.Id, out var speaker)) speaker.Label = prefix;
            else _speakers[source.Id] = new Speaker(source.Id, prefix);
        }
    }
}
