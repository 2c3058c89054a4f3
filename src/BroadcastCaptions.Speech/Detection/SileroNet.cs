using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BroadcastCaptions.Speech.Arithmetic;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>
/// Silero VAD v6 in C#, with one source's memory of what it heard. Its file holds 430 nodes for 700,000 multiplications: on an EPYC a window takes ONNX Runtime 120 µs,
/// most of them between the nodes, and this 45 (bench/micro). Allocates nothing.
/// </summary>
internal sealed unsafe class SileroNet
{
    /// <summary>Samples that it hears again of what came before, by the model's definition.</summary>
    public const int Context = 64;

    private const int Hop = SileroWeights.Frame / 2;
    private const int Reflected = 64; // samples that are heard once more behind the window, backwards
    private const int Audio = Context + VoiceWindow.Samples + Reflected;
    private const int Frames = ((Audio - SileroWeights.Frame) / Hop) + 1;
    private const int Width = SileroWeights.Width;

    private readonly SileroWeights _weights;
    private readonly float[] _memory = GC.AllocateArray<float>(8192, pinned: true);
    private readonly float* _audio;
    private readonly float* _spectra; // [frames, real and imaginary parts]
    private readonly float*[] _rows = new float*[4]; // what each convolution reads, a row of zeros before and behind
    private readonly float* _state; // what the recurrent layer reads: what was heard, and what it said before
    private readonly float* _gates;
    private readonly float* _cell;
    private int _taken;

    /// <summary>Begins.</summary>
    /// <param name="weights">They must outlive it.</param>
    public SileroNet(SileroWeights weights)
    {
        _weights = weights;
        _audio = Take(Audio);
        _spectra = Take(Frames * weights.Spectrum.Outputs);
        _rows[0] = Take((Frames + 2) * SileroWeights.Bins);
        _rows[1] = Take((Frames + 2) * Width);
        _rows[2] = Take(((Frames / 2) + 2) * Width / 2);
        _rows[3] = Take(3 * Width / 2);
        _state = Take(2 * Width);
        _gates = Take(4 * Width);
        _cell = Take(Width);
    }

    private Span<float> Said => new(_state + Width, Width);

    /// <summary>Speech probability, 0 … 1, of the next window.</summary>
    public float Next(ReadOnlySpan<float> window)
    {
        window.CopyTo(new(_audio + Context, VoiceWindow.Samples));
        for (var (i, last) = (1, Audio - Reflected - 1); i <= Reflected; i++) _audio[last + i] = _audio[last - i];
        Hear();
        window[^Context..].CopyTo(new(_audio, Context));
        Remember();
        var sum = _weights.OutputBias;
        for (var i = 0; i < Width; i++) sum += MathF.Max(0, Said[i]) * _weights.Output[i];
        return 1 / (1 + MathF.Exp(-sum));
    }

    /// <summary>Forgets what it heard but for the last samples.</summary>
    public void Forget()
    {
        Said.Clear();
        new Span<float>(_cell, Width).Clear();
    }

    /// <summary>Forgets the last samples, too.</summary>
    public void Reset()
    {
        new Span<float>(_audio, Context).Clear();
        Forget();
    }

    /// <summary>Spectra, and four convolutions over them: by halves to a single moment.</summary>
    private void Hear()
    {
        var (spectrum, encoder) = (_weights.Spectrum, _weights.Encoder);
        FloatProducts.Multiply(_audio, Hop, Frames, spectrum, _spectra);
        for (var i = 0; i < Frames; i++) Measure(_spectra + ((long)i * spectrum.Outputs), _rows[0] + ((i + 1L) * SileroWeights.Bins));
        FloatProducts.Multiply(_rows[0], SileroWeights.Bins, Frames, encoder[0], _rows[1] + Width, least: 0);
        FloatProducts.Multiply(_rows[1], 2 * Width, Frames / 2, encoder[1], _rows[2] + (Width / 2), least: 0);
        FloatProducts.Multiply(_rows[2], Width, 1, encoder[2], _rows[3] + (Width / 2), least: 0);
        FloatProducts.Multiply(_rows[3], Width / 2, 1, encoder[3], _state, least: 0);
    }

    /// <summary>The size of each of a spectrum's numbers.</summary>
    private static void Measure(float* spectrum, float* sizes)
    {
        var imaginary = spectrum + SileroWeights.Bins;
        var i = 0;
        for (; i + Vector128<float>.Count <= SileroWeights.Bins; i += Vector128<float>.Count)
        {
            var (a, b) = (Vector128.Load(spectrum + i), Vector128.Load(imaginary + i));
            Vector128.Sqrt((a * a) + (b * b)).Store(sizes + i);
        }

        for (; i < SileroWeights.Bins; i++) sizes[i] = MathF.Sqrt((spectrum[i] * spectrum[i]) + (imaginary[i] * imaginary[i]));
    }

    /// <summary>The recurrent layer, an LSTM.</summary>
    private void Remember()
    {
        FloatProducts.Multiply(_state, 0, 1, _weights.Gates, _gates);
        Span<float> input = new(_gates, Width), forget = new(_gates + Width, Width), candidate = new(_gates + (2 * Width), Width), output = new(_gates + (3 * Width), Width);
        var cell = new Span<float>(_cell, Width);
        TensorPrimitives.Sigmoid(input, input);
        TensorPrimitives.Sigmoid(forget, forget);
        TensorPrimitives.Tanh(candidate, candidate);
        TensorPrimitives.Sigmoid(output, output);
        TensorPrimitives.Multiply(input, candidate, candidate);
        TensorPrimitives.MultiplyAdd(cell, forget, candidate, cell);
        TensorPrimitives.Tanh(cell, input);
        TensorPrimitives.Multiply(input, output, Said);
    }

    private float* Take(int count)
    {
        var part = _memory.AsSpan(_taken, count);
        _taken += count;
        return (float*)Unsafe.AsPointer(ref part[0]);
    }
}
