using BenchmarkDotNet.Attributes;
using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.RollUp;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Bench.Micro;

/// <summary>What the formatter does for a partial: wraps its words, and tells what changed.</summary>
public class FormatterBenchmark
{
    private const int Words = 24; // about eight seconds of speech
    private const double WordSeconds = 0.33;

    private readonly Transcript[] _partials = new Transcript[Words];
    private RollUpFormatter _formatter = null!;
    private int _next;

    /// <summary>A segment that grows by a word each time.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _formatter = new RollUpFormatter(new DisplayOptions(), [new AudioSource("mic")]);
        var words = Enumerable.Range(0, Words).Select(i => new TimedWord($"word{i}", MediaTime.Zero.Plus(i * WordSeconds), MediaTime.Zero.Plus((i + 1) * WordSeconds), 0.9)).ToArray();
        for (var i = 0; i < Words; i++)
            _partials[i] = new Transcript("mic", 1, i + 1, false, MediaTime.Zero, words[i].End, "en", words[..(i + 1)], Math.Max(0, i - 3));
    }

    /// <summary>The next partial.</summary>
    [Benchmark(Description = "formatter, a partial")]
    public int Accept()
    {
        var partial = _partials[_next++ % Words];
        return _formatter.Accept(partial, partial.End).Count;
    }
}
