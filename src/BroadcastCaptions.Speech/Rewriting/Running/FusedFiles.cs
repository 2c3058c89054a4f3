namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>Where a rewritten model lies.</summary>
/// <param name="Encoder">The encoder; the shipped one where it could not be rewritten.</param>
/// <param name="Decoder">The decoder: first step, next step and verification in one graph.</param>
/// <param name="Cross">What makes keys and values of the encoder's states.</param>
internal sealed record FusedFiles(string Encoder, string Decoder, string Cross)
{
    /// <summary>Moonshine's decoder, which is no graph, in its place: its weights.</summary>
    public string Weights => Path.Combine(Path.GetDirectoryName(Decoder)!, "decoder.weights");

    /// <summary>What lies before the layers of Moonshine's encoder, beside it.</summary>
    public string Stem => StemOf(Encoder);

    /// <summary>What word times are read from, beside the decoder; Whisper's only.</summary>
    public string Alignment => Path.Combine(Path.GetDirectoryName(Decoder)!, "alignment.onnx");

    /// <summary>The file of weights that belongs to a rewritten encoder of Moonshine.</summary>
    public static string StemOf(string encoder) => Path.ChangeExtension(encoder, "stem");
}
