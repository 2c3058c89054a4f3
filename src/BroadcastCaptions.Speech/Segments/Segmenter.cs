using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Speech.Segments;

/// <summary>
/// Turns judged windows of one source into segments: opened at the onset, closed by silence, cut when too long. Depends
/// on nothing but what is pushed. Allocates only when more closed segments wait than ever before.
/// </summary>
internal sealed class Segmenter
{
    private readonly SpeechOptions _options;
    private readonly Counter _forcedCuts;
    private readonly Stack<SpeechSegment> _spare = new();
    private readonly Queue<SpeechSegment> _closed = new();
    private readonly PreRoll _preRoll;
    private readonly int _hangover;
    private readonly int _impatientHangover;
    private readonly int _maximum;
    private long _position;
    private long _numbers;

    public Segmenter(SpeechOptions options, Counters counters)
    {
        _options = options;
        _forcedCuts = counters.Get("speech.forced_cuts");
        _preRoll = new(InSamples(options.PreRoll));
        _hangover = InSamples(options.Hangover);
        _impatientHangover = Math.Min(_hangover, InSamples(options.ImpatientHangover));
        _maximum = Math.Max(InSamples(options.MaximumSegment), InSamples(options.PreRoll) + (4 * VoiceWindow.Samples));
        _spare.Push(NewSegment());
        _spare.Push(NewSegment());
    }

    /// <summary>Position after the last sample that was pushed.</summary>
    public long Position => _position;

    /// <summary>The segment that still grows, once it holds enough speech to be one.</summary>
    public SpeechSegment? Growing => Open is { Number: > 0 } ? Open : null;

    /// <summary>Closed segments that wait to be recognised, oldest first; take one with <see cref="Queue{T}.Dequeue"/>, give it back to <see cref="Recycle"/>.</summary>
    public Queue<SpeechSegment> Closed => _closed;

    private SpeechSegment? Open { get; set; }

    /// <summary>Begins to count at <paramref name="position"/>; what came before is closed and never reached back to.</summary>
    public void StartAt(long position)
    {
        Edge(_position);
        _position = position;
    }

    /// <summary>Takes the next window; one shorter than the others must be followed by <see cref="StartAt"/>.</summary>
    public void Push(ReadOnlySpan<float> window, float probability)
    {
        if (Open is null && probability >= _options.OnsetThreshold) Open = Begin();
        _position += window.Length;
        _preRoll.Push(window);
        if (Open is null) return;
        Open.Append(window, probability);
        Confirm(Open);
        if (Open.SilenceCount >= Hangover(Open.Count)) CloseOpen();
        else if (Open.Count + VoiceWindow.Samples > _maximum) Cut(Open);
    }

    /// <summary>Closes what is open at the very sample <paramref name="position"/>; nothing from there on is kept anywhere.</summary>
    public void Edge(long position)
    {
        if (Open is not null) CloseOpen();
        foreach (var segment in _closed)
            if (segment.End > position) segment.Truncate((int)Math.Max(0, position - segment.Start)); // even to nothing: partials of it were shown
        _preRoll.Clear();
    }

    /// <summary>Forgets everything that was not recognised yet.</summary>
    public void Forget()
    {
        if (Open is not null) Recycle(Open);
        Open = null;
        while (_closed.TryDequeue(out var segment)) Recycle(segment);
        _preRoll.Clear();
    }

    /// <summary>Gives back a segment that is done with.</summary>
    public void Recycle(SpeechSegment segment) => _spare.Push(segment);

    /// <summary>Silence that ends a segment of this length.</summary>
    private int Hangover(int length)
    {
        var (from, to) = (_maximum / 3.0, (double)_maximum);
        var impatience = Math.Clamp((length - from) / (to - from), 0, 1);
        return (int)(_hangover + (impatience * (_impatientHangover - _hangover)));
    }

    private static int InSamples(double seconds) => (int)(seconds * VoiceWindow.SampleRate);

    private SpeechSegment NewSegment() => new(_maximum + (2 * VoiceWindow.Samples), _options.ExitThreshold);

    private SpeechSegment Rent() => _spare.TryPop(out var segment) ? segment : NewSegment();

    private SpeechSegment Begin()
    {
        var segment = Rent();
        segment.Begin(_position - _preRoll.Count);
        _preRoll.CopyTo(segment, _preRoll.Count);
        return segment;
    }

    private void Confirm(SpeechSegment segment)
    {
        if (segment.Number == 0 && segment.Evidence().SpeechSeconds >= _options.MinimumSpeech) segment.Number = ++_numbers;
    }

    private void CloseOpen()
    {
        var segment = Open!;
        Open = null;
        // What the segment keeps is not given to the next one a second time; a dropped one may have been a soft onset.
        if (segment.Number == 0) Recycle(segment);
        else
        {
            _preRoll.Keep((int)(segment.End - segment.Start) - segment.HeardCount);
            _closed.Enqueue(segment);
        }
    }

    private void Cut(SpeechSegment segment)
    {
        _forcedCuts.Add();
        var next = Rent();
        segment.SplitInto(next, DipFinder.Find(segment));
        Confirm(segment);
        Open = segment;
        CloseOpen();
        Open = next;
        Confirm(next);
    }
}
