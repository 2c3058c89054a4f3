using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>
/// One source's state of Silero. The model wants the last 64 samples of the previous window before each window, and its
/// recurrent state back. Everything is bound to fixed memory once; the state's two buffers change places by two bindings.
/// </summary>
internal sealed class SileroDetector : IVoiceDetector
{
    private const int Context = 64; // samples kept from the previous window, by the model's definition
    private const int StateSize = 2 * 1 * 128;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly float[] _input = Pinned(Context + VoiceWindow.Samples);
    private readonly float[] _output = Pinned(1);
    private readonly float[][] _states = [Pinned(StateSize), Pinned(StateSize)];
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding[] _bindings;
    private int _turn;

    public SileroDetector(InferenceSession session)
    {
        _session = session;
        var input = Value(_input, [1, _input.Length]);
        var output = Value(_output, [1, 1]);
        var states = _states.Select(state => Value(state, [2, 1, 128])).ToArray();
        var rate = OrtValue.CreateTensorValueFromMemory(new long[] { VoiceWindow.SampleRate }, []);
        _values.Add(rate);
        _bindings = [.. Enumerable.Range(0, 2).Select(turn => Bind(input, rate, output, states[turn], states[1 - turn]))];
    }

    public float Next(ReadOnlySpan<float> window)
    {
        window.CopyTo(_input.AsSpan(Context));
        _session.RunWithBinding(_run, _bindings[_turn]);
        _turn = 1 - _turn;
        window[^Context..].CopyTo(_input);
        return _output[0];
    }

    public void Reset()
    {
        Array.Clear(_input);
        foreach (var state in _states) Array.Clear(state);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings) binding.Dispose();
        foreach (var value in _values) value.Dispose();
        _run.Dispose();
    }

    private static float[] Pinned(int length) => GC.AllocateArray<float>(length, pinned: true);

    private OrtValue Value(float[] data, long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(data, shape);
        _values.Add(value);
        return value;
    }

    private OrtIoBinding Bind(OrtValue input, OrtValue rate, OrtValue output, OrtValue before, OrtValue after)
    {
        var binding = _session.CreateIoBinding();
        binding.BindInput("input", input);
        binding.BindInput("state", before);
        binding.BindInput("sr", rate);
        binding.BindOutput("output", output);
        binding.BindOutput("stateN", after);
        return binding;
    }
}
