using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>The names of a merged decoder's cache tensors, keys and values in turn, layer after layer.</summary>
internal sealed class CacheNames(int layers)
{
    /// <summary>Inputs: what the decoder said so far.</summary>
    public string[] PastDecoder { get; } = Names("past_key_values", "decoder", layers);

    /// <summary>Inputs: what it attends to.</summary>
    public string[] PastEncoder { get; } = Names("past_key_values", "encoder", layers);

    /// <summary>Outputs: what the decoder said, one token more.</summary>
    public string[] PresentDecoder { get; } = Names("present", "decoder", layers);

    /// <summary>Outputs of the first pass: what it attends to.</summary>
    public string[] PresentEncoder { get; } = Names("present", "encoder", layers);

    /// <summary>Binds each name to the tensor of the same index.</summary>
    public static void Bind(Action<string, OrtValue> bind, string[] names, OrtValue[] tensors)
    {
        for (var i = 0; i < names.Length; i++) bind(names[i], tensors[i]);
    }

    private static string[] Names(string prefix, string side, int layers) =>
        [.. Enumerable.Range(0, 2 * layers).Select(i => $"{prefix}.{i / 2}.{side}.{(i % 2 == 0 ? "key" : "value")}")];
}
