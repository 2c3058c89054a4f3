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
    /// <summary>
    /// Where speech goes on, its next words wait while what was cut off before is heard again: they wait for quick readings only.
    /// A segment of 10 s takes tiny 0.07 s on 2 cores of an EPYC, and base 0.17 s: heard three times, it held up words to 1.3 s on eval/.
    /// </summary>
    private static readonly TimeSpan QuickReading = TimeSpan.FromSeconds(0.1);

    private readonly ISpeechModel _model;
    private readonly Func<IVoiceDetector> _detectors;
    private readonly SpeechOptions _options;
    private readonly Counters _counters;
    private readonly PartialPace _pace;
    private readonly PartialCadence _cadence;
    private readonly EvidenceRule _rule;
    private readonly StutterRule _stutter;
    private readonly Rehearing _rehearing;
    private readonly PartialWindow _window;
    private readonly Counter _skipped;
    private readonly Counter _retried;
    private readonly Counter _failed;
    private readonly List<SpeechLane> _lanes = [];
    private double _computed;
    private long _partials;
    private bool _fails;

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
        _pace = new(options.PartialEvery);
        _cadence = new(options.PartialEvery, _pace);
        _rule = new(counters);
        _stutter = new(counters);
        _rehearing = new(counters);
        _window = new(model, options.PartialWindow);
        _skipped = counters.Get("speech.partials_skipped");
        _retried = counters.Get("speech.retried");
        _failed = counters.Get("speech.failed");
    }

    /// <summary>False: only finals, for recordings and for the display policy that shows nothing else.</summary>
    public bool Partials { get; init; } = true;

    /// <summary>A stronger model that hears closed segments; null: the one that hears them while they grow. Stays its owner's.</summary>
    public ISpeechModel? FinalModel { get; init; }

    /// <summary>
    /// A show goes on where the model fails (a machine without memory, say): told why the words stay those that were read before, and null once it
    /// answers again. null: the failure is thrown.
    /// </summary>
    public Action<Exception?>? OnFailure { get; init; }

    /// <summary>By whose clock costs are measured; null: nobody's, and partials are as frequent as wished whatever they cost.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Share of the loop's time that partials may take, 0 … 1.</summary>
    public double PartialShare { get => _pace.Share; init => _pace.Share = value; }

    /// <summary>How busy it is. The loop's thread only.</summary>
    public RecognizerLoad Load
    {
        get
        {
            var (waiting, oldest) = (0, 0L);
            foreach (var lane in _lanes)
            {
                waiting += lane.Segments.Closed.Count;
                if (TurnOf(lane) is { } turn) oldest = Math.Max(oldest, lane.Segments.Position - turn.Unserved);
            }

            return new(_pace.Cost, _pace.Every, _pace.Needed, _computed, _partials, waiting, (double)oldest / VoiceWindow.SampleRate);
        }
    }

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
        var growing = 0;
        foreach (var lane in _lanes)
            if (lane.Segments.Growing is not null) growing++;
        _pace.Spread(growing);
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
        var text = !turn.IsFinal && turn.IsKnown ? segment.Progress.Text : Measured(turn);
        text = _rule.Judge(text, segment.Evidence(), turn.IsFinal);
        var words = WordTimes.Of(text.Words, segment);
        CutJoint.Mend(words, text.Language, goesOn: segment.IsCut || !turn.IsFinal, follows: segment.Inherited > 0);
        var recognition = new Recognition(
            turn.Lane.Source, segment.Number, turn.IsFinal, segment.StartTime,
            segment.StartTime.Plus((double)segment.HeardCount / VoiceWindow.SampleRate), segment.EndTime,
            new(text.Tokens, words, WordTimes.Timing(text.Words), text.Language), segment.IsCut);
        if (turn.IsFinal) turn.Lane.Segments.Recycle(turn.Lane.Segments.Closed.Dequeue());
        return recognition;
    }

    private ModelText Measured(Turn turn)
    {
        var began = Time?.GetTimestamp() ?? 0;
        (turn.IsFinal ? FinalModel ?? _model : _model).Expect(turn.Lane.Language);
        var text = Guarded(turn);
        var took = Time?.GetElapsedTime(began).TotalSeconds ?? 0;
        _computed += took;
        if (turn.IsFinal) return text;
        _partials++;
        _pace.Note(took);
        return text;
    }

    private ModelText Guarded(Turn turn)
    {
        try
        {
            var text = turn.IsFinal ? Final(turn) : Recognize(turn.Segment, isFinal: false);
            if (_fails) OnFailure?.Invoke(null);
            _fails = false;
            return text;
        }
        catch (Exception e) when (OnFailure is not null)
        {
            _failed.Add();
            _fails = true;
            OnFailure(e);
            var progress = turn.Segment.Progress;
            progress.Advance(turn.Segment.HeardCount, progress.Text, isWhole: false);
            return progress.Text;
        }
    }

    private ModelText Final(Turn turn)
    {
        var segment = turn.Segment;
        var began = Time?.GetTimestamp() ?? 0;
        var text = turn.IsKnown && FinalModel is null ? segment.Progress.Text : Recognize(segment, isFinal: true); // what a weaker model heard is no final
        var isSlow = Time is not null && Time.GetElapsedTime(began) > QuickReading;
        var evidence = segment.Evidence();
        if (!EvidenceRule.IsStrong(evidence)) return text; // of noise, too, one reading is the most probable
        if (Partials && (IsBehind() || (segment.IsCut && isSlow))) return text;
        var best = _rehearing.Best(FinalModel ?? _model, segment.Heard, text);
        return ReferenceEquals(best, text) ? text : _stutter.Judge(best, evidence.SpeechSeconds, isFinal: true);
    }

    /// <summary>Do other closed segments wait? Then each is heard once.</summary>
    private bool IsBehind()
    {
        var waiting = 0;
        foreach (var lane in _lanes) waiting += lane.Segments.Closed.Count;
        return waiting > 1;
    }

    private ModelText Recognize(SpeechSegment segment, bool isFinal)
    {
        var progress = segment.Progress;
        var text = segment.SpeechCount == 0
            ? ModelText.Empty // cut back to nothing by an edge
            : isFinal
                ? (FinalModel ?? _model).Recognize(segment.Heard, EvidenceRule.IsStrong(segment.Evidence()), progress.Anchor == 0 ? progress.Text.Tokens : [])
                : _window.Recognize(segment);
        if (text.Retried) _retried.Add();
        var judged = _stutter.Judge(!isFinal && LosesCount(text, progress.Text) ? progress.Text : text, segment.Evidence().SpeechSeconds, isFinal);
        progress.Advance(segment.HeardCount, judged, isWhole: progress.Anchor == 0 && ReferenceEquals(judged, text));
        return judged;
    }

    /// <summary>
    /// Somebody says a word again and again: the model runs in circles now and then, of which one round is left, and in between it has
    /// heard how often. What it heard then stands, or viewers wait until it counts again (1.8 s on eval/).
    /// </summary>
    private static bool LosesCount(ModelText text, ModelText before) =>
        text.Looped && before.Words.Count > text.Words.Count
        && text.Words.Zip(before.Words).All(pair => WordUnits.Key(pair.First.Text) == WordUnits.Key(pair.Second.Text));
}
