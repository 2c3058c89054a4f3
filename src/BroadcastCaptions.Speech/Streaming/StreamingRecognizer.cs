using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// The inference loop's body: several sources share one model. It has no thread and no clock; what comes out depends on
/// the audio and the order of calls alone. The loop feeds lanes and calls <see cref="TryServe"/> until it returns false.
/// Closed segments wait, never lost; when it falls behind, partials become rarer (counted).
/// </summary>
public sealed class StreamingRecognizer : IDisposable
{
    private readonly ISpeechModel _model;
    private readonly Func<IVoiceDetector> _detectors;
    private readonly SpeechOptions _options;
    private readonly Counters _counters;
    private readonly PartialCadence _cadence;
    private readonly EvidenceRule _rule;
    private readonly StutterRule _stutter;
    private readonly PartialWindow _window;
    private readonly Counter _skipped;
    private readonly List<SpeechLane> _lanes = [];

    /// <summary>A recogniser without sources.</summary>
    /// <param name="model">The model; stays its owner's.</param>
    /// <param name="detectors">Makes a voice detector for a source: <see cref="SileroVad.CreateDetector"/>.</param>
    /// <param name="options">Thresholds, lengths, cadence.</param>
    /// <param name="counters">Where drops and defects are counted.</param>
    public StreamingRecognizer(ISpeechModel model, Func<IVoiceDetector> detectors, SpeechOptions options, Counters counters)
    {
        _model = model;
        _detectors = detectors;
        _options = options;
        _counters = counters;
        _cadence = new(options.PartialEvery);
        _rule = new(counters);
        _stutter = new(counters);
        _window = new(model, options.PartialWindow);
        _skipped = counters.Get("speech.partials_skipped");
    }

    /// <summary>False: only finals, for recordings and for the display policy that shows nothing else.</summary>
    public bool Partials { get; init; } = true;

    /// <summary>Adds a source.</summary>
    public SpeechLane AddSource(AudioSource source)
    {
        var lane = new SpeechLane(source, _detectors(), _options, _counters);
        _lanes.Add(lane);
        return lane;
    }

    /// <summary>Recognises at most one segment: of all sources the one with the oldest unserved audio.</summary>
    /// <param name="recognition">What was recognised.</param>
    /// <returns>False when nothing is due.</returns>
    public bool TryServe(out Recognition recognition)
    {
        recognition = null!;
        if (Next() is not { } turn) return false;
        recognition = Serve(turn);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in _lanes) lane.Dispose();
    }

    private Turn? Next()
    {
        Turn? next = null;
        foreach (var lane in _lanes)
            if (TurnOf(lane) is { } turn && (next is null || turn.Unserved < next.Value.Unserved)) next = turn;
        return next;
    }

    private Turn? TurnOf(SpeechLane lane)
    {
        if (lane.Segments.Closed.TryPeek(out var closed)) return new(lane, closed, IsFinal: true);
        return Partials && lane.Segments.Growing is { } open && _cadence.IsDue(open) ? new(lane, open, IsFinal: false) : null;
    }

    private Recognition Serve(Turn turn)
    {
        var segment = turn.Segment;
        if (Partials) _skipped.Add(_cadence.Missed(segment));
        var text = turn.IsKnown ? segment.Progress.Text : Recognize(segment, turn.IsFinal);
        text = _rule.Judge(text, segment.Evidence(), turn.IsFinal);
        var recognition = new Recognition(
            turn.Lane.Source, segment.Number, turn.IsFinal, segment.StartTime,
            segment.StartTime.Plus((double)segment.HeardCount / VoiceWindow.SampleRate), segment.EndTime,
            new(text.Tokens, WordTimes.Of(text.Words, segment), WordTiming.FirstSeen, text.Language), segment.IsCut);
        if (turn.IsFinal) turn.Lane.Segments.Recycle(turn.Lane.Segments.Closed.Dequeue());
        return recognition;
    }

    private ModelText Recognize(SpeechSegment segment, bool isFinal)
    {
        var progress = segment.Progress;
        var text = segment.SpeechCount == 0
            ? ModelText.Empty // cut back to nothing by an edge
            : isFinal
                ? _model.Recognize(segment.Heard, EvidenceRule.IsStrong(segment.Evidence()), progress.Anchor == 0 ? progress.Text.Tokens : [])
                : _window.Recognize(segment);
        var judged = isFinal ? text : _stutter.Judge(text, segment.Evidence().SpeechSeconds);
        progress.Advance(segment.HeardCount, judged, isWhole: progress.Anchor == 0 && ReferenceEquals(judged, text));
        return judged;
    }
}
