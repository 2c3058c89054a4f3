using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Moonshine.Convolving;

/// <summary>
/// What lies before the layers of Moonshine's encoder, in C#: 384 samples become a step. A graph convolves a growing segment again and again from its
/// beginning; here audio that was heard is convolved once, and the outcome is the same bit for bit, for its sums are of integers.
/// </summary>
internal sealed unsafe class Stem : IDisposable
{
    private const int Chunk = 48; // windows at a time: their numbers stay in the processor's cache

    private readonly PackedStem _weights;
    private readonly bool _ownsWeights;
    private readonly StemSizes _sizes;
    private readonly AudioMemory _memory;
    private readonly IntegerRows _rows = new();
    private readonly float* _numbers; // of a chunk: the first convolution's, or the second's behind its activation
    private readonly float[] _shifts;

    /// <summary>Loads a stem.</summary>
    /// <exception cref="Failures.CaptionsException">The file is missing or damaged.</exception>
    public Stem(string path)
        : this(new PackedStem(path)) => _ownsWeights = true;

    private Stem(PackedStem weights)
    {
        (_weights, _sizes, _memory) = (weights, weights.Sizes, new(weights.Sizes));
        var most = Math.Max((_sizes.Second.Reach(Chunk) + _sizes.Second.Stride) * _sizes.First.Outputs, _sizes.Third.Reach(Chunk) * _sizes.Second.Outputs);
        _numbers = (float*)NativeMemory.AlignedAlloc((nuint)most * sizeof(float), PackedFile.Alignment);
        _shifts = new float[_sizes.Second.Outputs];
    }

    /// <summary>Width of a step.</summary>
    public int Width => _sizes.Third.Outputs;

    /// <summary>The fewest samples that give a step.</summary>
    public int Shortest => _sizes.Shortest;

    /// <summary>Samples that were convolved so far.</summary>
    public long Convolved { get; private set; }

    /// <summary>Pieces of audio that it remembers.</summary>
    public int Remembered => _memory.Count;

    /// <summary>Another over the same weights, for another thread; disposed of before this one.</summary>
    public Stem Twin() => new(_weights);

    /// <summary>Steps that so many samples give.</summary>
    public int Steps(int samples) => _sizes.Third.Count(_sizes.Second.Count(_sizes.First.Count(samples)));

    /// <summary>Makes steps of audio.</summary>
    /// <param name="samples">16 kHz mono, <see cref="Shortest"/> at least.</param>
    /// <param name="steps">Takes them: [<see cref="Steps"/>, <see cref="Width"/>].</param>
    public void Hear(ReadOnlySpan<float> samples, Span<float> steps)
    {
        var audio = _memory.Find(samples, out var known);
        audio.Take(samples);
        var count = _sizes.First.Count(samples.Length);
        Convolve(audio, _sizes.Second.Count(_sizes.First.Count(known)), count);
        var factor = Shift(audio, count);
        fixed (float* to = steps) Activate(audio, factor, _sizes.Third.Count(_sizes.Second.Count(count)), to);
        _memory.Tidy();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Dispose();
        _rows.Dispose();
        NativeMemory.AlignedFree(_numbers);
        if (_ownsWeights) _weights.Dispose();
    }

    /// <summary>The first two convolutions, from the second's window <paramref name="from"/> on.</summary>
    private void Convolve(HeardAudio audio, int from, int count)
    {
        var (first, second) = (_sizes.First, _sizes.Second);
        var (window, end) = (from, second.Count(count));
        do
        {
            var windows = Math.Min(Chunk, end - window);
            var step = window * second.Stride;
            var steps = window + windows == end ? count - step : second.Reach(windows); // the last few samples fill no window, but the norm knows them
            _rows.Take(audio.Samples + ((long)step * first.Distance), steps, first.Width, first.Distance);
            Products.Multiply(_rows, 0, _weights.First, _numbers);
            for (var i = 0; i < steps; i++) Bend(_numbers + ((long)i * first.Outputs), audio.Moments + (2L * (step + i)));
            _rows.Take(_numbers, windows, second.Width, second.Distance);
            Products.Multiply(_rows, 0, _weights.Second, audio.Rows + ((long)window * second.Outputs));
            Convolved += (long)steps * first.Stride;
            window += Chunk;
        }
        while (window < end);
    }

    /// <summary>The first activation of a step, and what the norm must know of it.</summary>
    private void Bend(float* channels, float* moments)
    {
        var step = new Span<float>(channels, _sizes.First.Outputs);
        TensorPrimitives.Tanh(step, step);
        (moments[0], moments[1]) = (TensorPrimitives.Sum<float>(step), TensorPrimitives.SumOfSquares<float>(step));
        TensorPrimitives.Multiply(step, new ReadOnlySpan<float>(_weights.Scale, step.Length), step);
    }

    /// <summary>Finds what the norm over all of the audio adds behind the second convolution.</summary>
    /// <returns>What it multiplies by before.</returns>
    private float Shift(HeardAudio audio, int count)
    {
        var (sum, squares, numbers) = (0d, 0d, (double)count * _sizes.First.Outputs);
        for (var i = 0; i < count; i++) (sum, squares) = (sum + audio.Moments[2 * i], squares + audio.Moments[(2 * i) + 1]);
        var mean = sum / numbers;
        var factor = (float)(1 / Math.Sqrt((squares / numbers) - (mean * mean) + _sizes.Epsilon));
        TensorPrimitives.MultiplyAdd(new(_weights.ScaleSums, _shifts.Length), (float)-mean * factor, new(_weights.ShiftSums, _shifts.Length), _shifts);
        return factor;
    }

    /// <summary>What follows the norm: its factor and shift, an activation, the third convolution, an activation.</summary>
    private void Activate(HeardAudio audio, float factor, int count, float* to)
    {
        var third = _sizes.Third;
        for (var window = 0; window < count; window += Chunk)
        {
            var windows = Math.Min(Chunk, count - window);
            for (var i = 0; i < third.Reach(windows); i++)
            {
                var bent = new Span<float>(_numbers + ((long)i * third.Inputs), third.Inputs);
                TensorPrimitives.MultiplyAdd(new(audio.Rows + ((((long)window * third.Stride) + i) * third.Inputs), third.Inputs), factor, _shifts, bent);
                Gelu.Apply(bent);
            }

            _rows.Take(_numbers, windows, third.Width, third.Distance);
            var steps = to + ((long)window * third.Outputs);
            Products.Multiply(_rows, 0, _weights.Third, steps);
            Gelu.Apply(new(steps, windows * third.Outputs));
        }
    }
}
