using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Rewriting.Smoothing;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// Rewrites a model's graphs once into ones that are two to four times as fast, and says whether they may be used. It never fails:
/// where rewriting does, what was shipped runs, and the outcome says why.
/// </summary>
public static class ModelRewriter
{
    /// <summary>Version of what is written: a cached graph of another version is not used.</summary>
    private const int Version = 12;

    /// <summary>
    /// Makes sure that a model was rewritten and compared with the original; takes some seconds the first time (the catalogue calls
    /// it after a download), a hash of the files afterwards.
    /// </summary>
    /// <param name="files">The model.</param>
    public static RewriteOutcome Ensure(MoonshineFiles files) => Open(files).Outcome;

    /// <summary>As <see cref="Ensure"/>, with the files that are to run: null for all the shipped ones.</summary>
    internal static (RewriteOutcome Outcome, FusedFiles? Files) Open(MoonshineFiles files) => Open(files, unsigned: Vnni.SumsAreCutOff);

    /// <summary>As above, for a processor that wants weights unsigned, or one that does not.</summary>
    internal static (RewriteOutcome Outcome, FusedFiles? Files) Open(MoonshineFiles files, bool unsigned) =>
        RewriteFolder.Open(files.Encoder, files.Decoder, Version, unsigned, own => Rewrite(files, own, unsigned));

    private static RewriteOutcome Rewrite(MoonshineFiles shipped, FusedFiles files, bool unsigned)
    {
        try
        {
            var decoder = DecoderExtractor.Extract(OnnxReader.Read(shipped.Decoder).Graph);
            DecoderPacker.Write(decoder, files.Decoder);
            return WithEncoder(shipped, files, decoder.Heads, unsigned) ?? DecoderOnly(shipped, files);
        }
        catch (Exception e) when (RewriteFolder.IsOfTheModel(e))
        {
            return new RewriteOutcome(false, false, $"The shipped model runs, for it cannot be rewritten: {e.Message}");
        }
    }

    private static RewriteOutcome? WithEncoder(MoonshineFiles shipped, FusedFiles files, int heads, bool unsigned)
    {
        try
        {
            var encoder = EncoderExtractor.Extract(OnnxReader.Read(shipped.Encoder).Graph);
            StemPacker.Write(StemWeights.Read(encoder.Front, encoder.Width), files.Stem);
            encoder = EncoderSmoothing.Apply(encoder, LayerPeaks.Measure(encoder, heads, files.Stem, $"{files.Encoder}.floats"));
            GraphFile.Write(MoonshineEncoderEmitter.Emit(encoder, heads, WeightFormat.Columns), files.Encoder, unsigned, apart: true);
            var (passed, found) = RewriteCheck.Compare(shipped, files);
            return passed ? new RewriteOutcome(true, true, $"The rewritten encoder and decoder run: {found}.") : null;
        }
        catch (Exception e) when (RewriteFolder.IsOfTheModel(e))
        {
            return null; // then the decoder alone
        }
    }

    private static RewriteOutcome DecoderOnly(MoonshineFiles shipped, FusedFiles files)
    {
        GraphFile.Delete(files.Encoder);
        File.Delete(files.Stem);
        var (passed, found) = RewriteCheck.Compare(shipped, files with { Encoder = shipped.Encoder });
        return passed
            ? new RewriteOutcome(true, false, $"The rewritten decoder runs behind the shipped encoder: {found}.")
            : new RewriteOutcome(false, false, $"The shipped model runs, for of the rewritten one {found}.");
    }
}
