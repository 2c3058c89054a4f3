using System.Diagnostics;
using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Speech.Models;

/// <summary>
/// A model that leaves the cores to the game and the encoder as long as words are in time: it works on a thread that runs only where nobody else wants to.
/// Where that thread gets no core for too long, its answer is not waited for: a twin gives it at once, on the caller's thread, and so the next ones too.
/// </summary>
public sealed class YieldingModel : ISpeechModel
{
    /// <summary>
    /// Seconds that an answer may take longer than at the caller's priority. A word must be read twice before it is shown, and be there 1.5 s after its end. By
    /// bench/load: 0.5 s no fewer frames lost than 0.25, and words beyond 1.5 s.
    /// </summary>
    private const double DefaultPatience = 0.25;

    /// <summary>Seconds that no answer is waited for longer, whatever the last one took at the caller's priority.</summary>
    private const double MostPatience = 1;

    private const int LeastRest = 4; // answers at the caller's priority after one that came too late …
    private const int MostRest = 64; // … twice as many each time, up to this

    private readonly ISpeechModel _first;
    private readonly Func<ISpeechModel> _makeTwin;
    private readonly Counter _hurried;
    private readonly double _patience;
    private readonly AutoResetEvent _asked = new(false);
    private readonly AutoResetEvent _answered = new(false);
    private readonly Question _question = new();
    private ISpeechModel _free; // the one that nobody works with
    private ISpeechModel? _twin;
    private string? _language;
    private double _perSample; // seconds that the last answer at the caller's priority took for each sample
    private double _least; // seconds that the quickest of those answers took: Whisper's window costs the same, however little it holds
    private int _rest;
    private int _nextRest = LeastRest;
    private bool _isLate; // the thread works on a question whose answer nobody waits for
    private volatile bool _ends;

    /// <summary>Lets a model yield.</summary>
    /// <param name="model">The model; this one owns it.</param>
    /// <param name="makeTwin">Makes another over the same weights, at the first time that it is needed. It is disposed of before the model.</param>
    /// <param name="hurried">Counts the answers that could not be waited for.</param>
    /// <param name="patience">Seconds that an answer may take longer than at the caller's priority; null: 0.25.</param>
    public YieldingModel(ISpeechModel model, Func<ISpeechModel> makeTwin, Counter hurried, double? patience = null)
    {
        _first = _free = model;
        (_makeTwin, _hurried, _patience) = (makeTwin, hurried, patience ?? DefaultPatience);
        new Thread(Work) { Name = "captions-yield", IsBackground = true }.Start();
    }

    /// <summary>Lets a model yield, where it can have a twin; else it stays as it is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="counters">Where the answers are counted that could not be waited for: "speech.hurried".</param>
    public static ISpeechModel Of(ISpeechModel model, Counters counters) =>
        model is ITwinModel { CanTwin: true } one ? new YieldingModel(one, one.Twin, counters.Get("speech.hurried")) : model;

    /// <inheritdoc/>
    public bool GainsByRehearing => _first.GainsByRehearing;

    /// <inheritdoc/>
    public void Expect(string? language) => _language = language;

    /// <inheritdoc/>
    public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        if (_isLate && _answered.WaitOne(0)) _isLate = false; // that answer is of the past
        if (_isLate || _rest > 0) return AtOnce(samples, expectWords, previous);
        _question.Ask(_free, samples, expectWords, previous, _language);
        _asked.Set();
        if (_answered.WaitOne(Patience(samples.Length)))
        {
            _nextRest = LeastRest;
            return _question.Answer();
        }

        _hurried.Add();
        _isLate = true;
        (_rest, _nextRest) = (_nextRest, Math.Min(2 * _nextRest, MostRest));
        _free = ReferenceEquals(_free, _first) ? _twin ??= _makeTwin() : _first;
        return AtOnce(samples, expectWords, previous);
    }

    /// <summary>Disposes of the models: at once, or, where the thread still works, as soon as it is done.</summary>
    public void Dispose()
    {
        var works = _isLate && !_answered.WaitOne(0);
        if (!works) DisposeModels();
        _ends = true;
        _asked.Set();
    }

    private TimeSpan Patience(int samples) => TimeSpan.FromSeconds(Math.Max(_patience, Math.Min(_patience + Math.Max(samples * _perSample, _least), MostPatience)));

    private ModelText AtOnce(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
    {
        if (!_isLate) _rest--;
        _free.Expect(_language);
        var began = Stopwatch.GetTimestamp();
        var text = _free.Recognize(samples, expectWords, previous);
        if (!samples.IsEmpty) Learn(Stopwatch.GetElapsedTime(began).TotalSeconds, samples.Length);
        return text;
    }

    private void Learn(double seconds, int samples)
    {
        _perSample = seconds / samples;
        _least = _least == 0 ? seconds : Math.Min(_least, seconds);
    }

    private void Work()
    {
        SpareTime.Enter();
        while (_asked.WaitOne() && !_ends)
        {
            _question.Work();
            _answered.Set();
        }

        if (_answered.WaitOne(0)) DisposeModels(); // the answer that Dispose did not wait for
        _asked.Dispose();
        _answered.Dispose();
    }

    private void DisposeModels()
    {
        _twin?.Dispose();
        _first.Dispose();
    }
}
