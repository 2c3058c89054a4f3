using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.TestKit.Processes;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

/// <summary>Whisper tiny.en and its rewritten decoders, made once for a class of tests: each takes seconds.</summary>
public sealed class RewrittenTiny : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, IntegerDecoder> _decoders = [];
    private readonly Dictionary<string, OrtValue> _states = [];

    /// <summary>The shipped graphs; null where the weights do not lie beside the checkout.</summary>
    internal WhisperTiny? Shipped { get; } = WhisperTiny.Open();

    public void Dispose()
    {
        foreach (var decoder in _decoders.Values) decoder.Dispose();
        foreach (var states in _states.Values) states.Dispose();
        Shipped?.Dispose();
        _folder.Dispose();
    }

    /// <summary>The shipped encoder's states of a recording.</summary>
    internal OrtValue States(string recording)
    {
        if (!_states.TryGetValue(recording, out var states)) _states[recording] = states = Shipped!.States(recording);
        return states;
    }

    /// <summary>A shipped decoder, rewritten.</summary>
    internal IntegerDecoder Decoder(string file)
    {
        if (_decoders.TryGetValue(file, out var decoder)) return decoder;
        DecoderPacker.Write(DecoderExtractor.Extract(OnnxReader.Read(Path.Combine(Shipped!.Folder, file)).Graph), _folder[file]);
        return _decoders[file] = new IntegerDecoder(_folder[file], threads: 2);
    }
}
