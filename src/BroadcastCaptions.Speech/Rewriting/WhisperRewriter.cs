using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// Rewrites a Whisper once, in 8 bits, its encoder as a graph, and says whether they may be used. It never fails: where rewriting does, what was
/// shipped runs, and the outcome says why.
/// </summary>
public static class WhisperRewriter
{
    /// <summary>Version of what is written: a cached graph of another version is not used.</summary>
    internal const int Version = 5;

    /// <summary>Makes sure that a model was rewritten and compared with the original; the first time it takes from seconds to minutes.</summary>
    /// <param name="files">The model.</param>
    public static RewriteOutcome Ensure(WhisperFiles files) => Open(files).Outcome;

    /// <summary>What rewriting makes of a model's size on disk, rewritten where it is not yet.</summary>
    /// <param name="files">The model.</param>
    /// <returns>Bytes of the shipped graphs that run without it, and of those that run with it; the same where the shipped ones run.</returns>
    public static (long Shipped, long Rewritten) Sizes(WhisperFiles files)
    {
        var shipped = Bytes(files.Encoder) + Bytes(files.Decoder) + (files.DecoderWithPast is { } next ? Bytes(next) : 0);
        return Open(files).Files is { } own ? (shipped, Bytes(own.Encoder) + Bytes(own.Decoder)) : (shipped, shipped);
    }

    /// <summary>As <see cref="Ensure"/>, with the files that are to run: null for all the shipped ones.</summary>
    internal static (RewriteOutcome Outcome, FusedFiles? Files) Open(WhisperFiles files) => Open(files, unsigned: Vnni.SumsAreCutOff);

    /// <summary>As above, for a processor that wants weights unsigned, or one that does not.</summary>
    internal static (RewriteOutcome Outcome, FusedFiles? Files) Open(WhisperFiles files, bool unsigned) => files.IsQuantized
        ? ImportedGraphs.Open(files, unsigned)
        : RewriteFolder.Open(files.Encoder, files.Decoder, Version, unsigned, own => Rewrite(files, own, unsigned));

    /// <summary>Writes a model in 8 bits into a folder of its own, which then stands for the shipped graphs.</summary>
    /// <param name="shipped">The model.</param>
    /// <param name="folder">Where the graphs are to lie; made here.</param>
    internal static RewriteOutcome Quantize(WhisperFiles shipped, string folder)
    {
        Directory.CreateDirectory(folder);
        return Rewrite(shipped, RewriteFolder.FilesIn(folder), unsigned: Vnni.SumsAreCutOff);
    }

    /// <summary>Writes all of a model's graphs and compares nothing: for a processor that is not this one, what they give here says nothing of them.</summary>
    internal static void Write(WhisperFiles shipped, FusedFiles files, bool unsigned)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(files.Decoder)!);
        WriteEncoder(shipped, files, WriteDecoder(shipped, files, WhisperConfig.Read(shipped)), unsigned);
    }

    private static RewriteOutcome Rewrite(WhisperFiles shipped, FusedFiles files, bool unsigned)
    {
        try
        {
            var config = WhisperConfig.Read(shipped);
            var decoder = WriteDecoder(shipped, files, config);
            return WithEncoder(shipped, files, config, decoder, unsigned) ?? DecoderOnly(shipped, files, config);
        }
        catch (Exception e) when (RewriteFolder.IsOfTheModel(e))
        {
            return new RewriteOutcome(false, false, $"The shipped model runs, for it cannot be rewritten: {e.Message}");
        }
    }

    private static DecoderWeights WriteDecoder(WhisperFiles shipped, FusedFiles files, WhisperConfig config)
    {
        var decoder = DecoderExtractor.Extract(OnnxReader.Read(shipped.Decoder).Graph);
        DecoderPacker.Write(decoder, files.Decoder);
        new IntegerDecoder(files.Decoder, heads: config.AlignmentHeads).Dispose(); // are they there?
        return decoder;
    }

    private static void WriteEncoder(WhisperFiles shipped, FusedFiles files, DecoderWeights decoder, bool unsigned)
    {
        var encoder = EncoderExtractor.Extract(OnnxReader.Read(shipped.Encoder).Graph);
        GraphFile.Write(WhisperEncoderEmitter.Emit(encoder, encoder.Width / decoder.HeadSize, WeightFormat.Columns), files.Encoder, unsigned);
    }

    private static RewriteOutcome? WithEncoder(WhisperFiles shipped, FusedFiles files, WhisperConfig config, DecoderWeights decoder, bool unsigned)
    {
        try
        {
            WriteEncoder(shipped, files, decoder, unsigned);
            var (passed, found) = WhisperCheck.Compare(shipped, files, config);
            return passed ? new RewriteOutcome(true, true, $"The rewritten encoder and decoder run: {found}.") : null;
        }
        catch (Exception e) when (RewriteFolder.IsOfTheModel(e))
        {
            return null; // then the decoder alone
        }
    }

    private static RewriteOutcome DecoderOnly(WhisperFiles shipped, FusedFiles files, WhisperConfig config)
    {
        File.Delete(files.Encoder);
        var (passed, found) = WhisperCheck.Compare(shipped, files with { Encoder = shipped.Encoder }, config);
        return passed
            ? new RewriteOutcome(true, false, $"The rewritten decoder runs behind the shipped encoder: {found}.")
            : new RewriteOutcome(false, false, $"The shipped model runs, for of the rewritten one {found}.");
    }

    private static long Bytes(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.GetFiles(folder, $"{Path.GetFileName(path)}*").Sum(file => new FileInfo(file).Length); // with .onnx_data beside it
    }
}
