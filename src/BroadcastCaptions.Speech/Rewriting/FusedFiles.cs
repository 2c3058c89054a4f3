namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>Where a rewritten model lies.</summary>
/// <param name="Encoder">The encoder's graph; the shipped one where it could not be rewritten.</param>
/// <param name="Decoder">The decoder, which is no graph: its weights.</param>
internal sealed record FusedFiles(string Encoder, string Decoder)
{
    /// <summary>What lies before the layers of Moonshine's encoder, beside it.</summary>
    public string Stem => StemOf(Encoder);

    /// <summary>The file of weights that belongs to a rewritten encoder of Moonshine.</summary>
    public static string StemOf(string encoder) => Path.ChangeExtension(encoder, "stem");
}
