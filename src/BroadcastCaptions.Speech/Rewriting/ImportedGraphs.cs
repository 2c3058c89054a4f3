using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// What an import made in 8 bits, perhaps on another machine: where this one's processor wants weights unsigned and they are not,
/// an unsigned copy of the encoder is kept beside them.
/// </summary>
internal static class ImportedGraphs
{
    private static readonly RewriteOutcome Whole = new(true, true, "The 8-bit weights run that were made when the model was imported.");

    /// <summary>What is to run.</summary>
    /// <param name="files">The model.</param>
    /// <param name="unsigned">Is it for a processor without VNNI?</param>
    public static (RewriteOutcome Outcome, FusedFiles Files) Open(WhisperFiles files, bool unsigned)
    {
        var imported = RewriteFolder.FilesIn(Path.GetDirectoryName(files.Decoder)!);
        try
        {
            if (!unsigned || !UnsignedWeights.AreWanted(OnnxReader.Read(imported.Encoder).Graph)) return (Whole, imported);
            var (outcome, copies) = RewriteFolder.Open(files.Encoder, files.Decoder, WhisperRewriter.Version, unsigned, own => Copy(imported, own));
            return copies is null ? (outcome with { Decoder = true, Encoder = true }, imported) : (Whole, imported with { Encoder = copies.Encoder });
        }
        catch (InvalidDataException)
        {
            return (Whole, imported); // damaged: loading it says so
        }
    }

    private static RewriteOutcome Copy(FusedFiles imported, FusedFiles own)
    {
        GraphFile.Write(OnnxReader.Read(imported.Encoder), own.Encoder, unsigned: true);
        return Whole;
    }
}
