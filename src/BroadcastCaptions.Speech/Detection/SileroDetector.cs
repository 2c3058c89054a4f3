using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Detection;

/// <summary>
/// One source's state of Silero. The model wants the last 64 samples of the previous window before each window, and its
/// recurrent state back. Everything is bound to fixed memory once; the state's two buffers change places by two bindings.
/// In silence it begins afresh: Silero remembers the last sounds for minutes and takes a voice that comes after them for none.
/// Measured by bench/voices, eval/'s files in any order, without noise and in −60 and −48 dBFS: of some 510 beginnings it did
/// not hear 3, 10 and 15, where this leaves none. Not in what is no speech but loud: there it knows the music by then, and
/// begun afresh it heard 40 words in 70 minutes of it (bench/noise), else none.
/// </summary>
internal sealed class SileroDetector : IVoiceDetector
{
    private const int Context = 64; // samples kept from the previous window, by the model's definition
    private const int StateSize = 2 * 1 * 128;

    /// <summary>Silent windows after which it begins afresh: 2 s. Measured as above: after 3 s it misses 1, 7 and 6 beginnings, after 1 s none, 1 and 1.</summary>
    private const int Quiet = 2 * VoiceWindow.SampleRate / VoiceWindow.Samples;

    /// <summary>Below it is no speech: the threshold that opens a segment (<see cref="Options.SpeechOptions.OnsetThreshold"/>), so that a voice it does not believe is none.</summary>
    private const float Speech = 0.4f;

    /// <summary>A silent window's level at most, dBFS: above a room's noise. Measured as above: at −50 it misses 15 beginnings in noise of −48.</summary>
    private const float Silence = -40;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly float[] _input = Pinned(Context + VoiceWindow.Samples);
    private readonly float[] _output = Pinned(1);
    private readonly float[][] _states = [Pinned(StateSize), Pinned(StateSize)];
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding[] _bindings;
    private int _turn;
    private int _quiet; // silent windows since the last other one, or since it began afresh

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
        _quiet = _output[0] < Speech && VoiceWindow.Level(window) <= Silence ? _quiet + 1 : 0;
        if (_quiet == Quiet) Forget();
        return _output[0];
    }

    public void Reset()
    {
        Array.Clear(_input);
        Forget();
    }

    public void Dispose()
    {
        foreach (var binding in _bindings) binding.Dispose();
        foreach (var value in _values) value.Dispose();
        _run.Dispose();
    }

    private void Forget()
    {
        foreach (var state in _states) Array.Clear(state);
        _quiet = 0;
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
