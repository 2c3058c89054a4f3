using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Streaming;
using Microsoft.Extensions.Time.Testing;
using static BroadcastCaptions.Speech.Tests.Streaming.Audio16k;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>Live on a machine of known speed: the clock passes as audio comes and as the model computes, and nowhere else.</summary>
public sealed class BusyMachineTests : IDisposable
{
    private const int Block = 320; // 20 ms, as taps deliver

    private readonly FakeTimeProvider _time = new();
    private readonly Counters _counters = new();
    private readonly SlowModel _model;
    private readonly StreamingRecognizer _recognizer;
    private readonly List<(double At, Recognition Recognition)> _served = [];

    public BusyMachineTests()
    {
        _model = new(_time);
        _recognizer = new(_model, () => new LoudnessDetector(), new SpeechOptions { PartialEvery = 0.096, MaximumSegment = 30 }, _counters) { Time = _time, PartialShare = 0.5 };
    }

    public void Dispose() => _recognizer.Dispose();

    [Fact]
    public void With_time_to_spare_partials_come_as_wished()
    {
        Run(sources: 1, seconds: 10, cost: 0.02);
        Assert.InRange(Partials(from: 2, to: 10), 80, 84);
        Assert.Equal(0, _recognizer.Load.Waiting);
    }

    [Fact]
    public void On_a_slow_machine_partials_become_rarer_and_half_the_time_stays_free()
    {
        Run(sources: 1, seconds: 10, cost: 0.15);
        Assert.InRange(_recognizer.Load.PartialEvery, 0.29, 0.31);
        Assert.InRange(_recognizer.Load.Computed, 4, 5.6);
        Assert.True(_counters.Get("speech.partials_skipped").Value > 0);
    }

    [Fact]
    public void When_the_game_ends_they_are_frequent_again()
    {
        Run(sources: 1, seconds: 6, cost: 0.3);
        Run(sources: 1, seconds: 12, cost: 0.02);
        Assert.InRange(Partials(from: 12, to: 18), 58, 63);
    }

    [Fact]
    public void A_dozen_speakers_at_once_are_served_evenly_and_nothing_piles_up()
    {
        Run(sources: 12, seconds: 20, cost: 0.02);
        var counts = _served.Where(served => served.At > 5).CountBy(served => served.Recognition.Source.Id).Select(pair => pair.Value).ToArray();

        Assert.Equal(12, counts.Length);
        Assert.InRange(counts.Max() - counts.Min(), 0, 2);
        Assert.InRange(_recognizer.Load.PartialEvery, 0.45, 0.5);
        Assert.InRange(Gaps().Max(), 0, 0.8);
    }

    [Fact]
    public void A_first_partial_waits_for_no_pace()
    {
        Run(sources: 1, seconds: 6, cost: 0.4);
        var before = _served.Count;
        Run(sources: 1, seconds: 1.5, cost: 0.4, silence: 1);

        var first = _served.Skip(before).First(served => !served.Recognition.IsFinal && served.Recognition.Segment == 2);
        Assert.InRange(first.At, 7, 7 + 0.1 + 0.4 + 0.1); // wish, cost, a window or two
    }

    /// <summary>All sources speak for so long, after a silence.</summary>
    private void Run(int sources, double seconds, double cost, double silence = 0)
    {
        _model.Cost = cost;
        while (_lanes.Count < sources) _lanes.Add(_recognizer.AddSource(new($"s{_lanes.Count}")));
        var samples = Alternating(silence, seconds - silence);
        for (var at = 0; at < samples.Length; at += Block)
        {
            var due = _begun + ((double)(at + Block) / Rate);
            if (due > Now) _time.Advance(TimeSpan.FromSeconds(due - Now));
            foreach (var lane in _lanes) lane.Accept(Frame(_begun + ((double)at / Rate), samples.AsSpan(at, Math.Min(Block, samples.Length - at))));
            if (due >= Now - 1e-6 && _recognizer.TryServe(out var recognition)) _served.Add((Now, recognition));
        }

        _begun += (double)samples.Length / Rate;
    }

    private readonly List<SpeechLane> _lanes = [];
    private readonly DateTimeOffset _zero = new FakeTimeProvider().Start;
    private double _begun;

    private double Now => (_time.GetUtcNow() - _zero).TotalSeconds;

    private int Partials(double from, double to) => _served.Count(served => !served.Recognition.IsFinal && served.At >= from && served.At < to);

    private IEnumerable<double> Gaps() => _served.Where(served => served.At > 5).GroupBy(served => served.Recognition.Source.Id)
        .SelectMany(group => group.Zip(group.Skip(1), (a, b) => b.At - a.At));

    private sealed class SlowModel(FakeTimeProvider time) : ISpeechModel
    {
        public double Cost { get; set; }

        public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
        {
            time.Advance(TimeSpan.FromSeconds(Cost));
            return new([new ScoredToken(3, -0.1f)], [new ModelWord("word", 0.9, false)], "en");
        }

        public void Dispose()
        {
        }
    }
}
