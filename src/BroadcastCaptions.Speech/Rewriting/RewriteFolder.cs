using BroadcastCaptions.Failures;
using BroadcastCaptions.Platform;
using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>
/// Where a rewritten model is kept: beside the original, in a folder named by the original's hashes and by the versions of
/// rewriter and runtime, so that a change of any makes a new one. It appears whole or not at all. Graphs for processors without VNNI have a
/// folder of their own beside it: machines may share a disk.
/// </summary>
internal sealed class RewriteFolder
{
    private const string Unfinished = ".part";
    private const int HashLength = 16;

    /// <summary>Longer than any rewriting: what is unfinished for so long was interrupted.</summary>
    private static readonly TimeSpan Interrupted = TimeSpan.FromHours(1);

    private readonly string _path;
    private readonly string _twin; // the same for the other kind of processor
    private readonly string _model;

    private RewriteFolder(string parent, string model, int version, bool unsigned)
    {
        _model = Path.Combine(parent, model);
        var runtime = $"ort{OrtEnv.Instance().GetVersionString()}";
        (_path, _twin) = ($"{_model}-v{version}-{runtime}", $"{_model}-v{version}-unsigned-{runtime}");
        if (unsigned) (_path, _twin) = (_twin, _path);
    }

    /// <summary>The rewritten files.</summary>
    public FusedFiles Files => FilesIn(_path);

    /// <summary>What was found when the decoder was rewritten; null where it has not been yet, or where its files are damaged.</summary>
    public RewriteOutcome? Outcome => RewriteRecord.Read(_path);

    /// <summary>
    /// A model's rewritten files, made where they are not there yet or damaged. It never fails: where rewriting does, what was shipped runs, and the
    /// outcome says why.
    /// </summary>
    /// <param name="encoder">The original's encoder.</param>
    /// <param name="decoder">The original's decoder.</param>
    /// <param name="version">Version of the rewriter.</param>
    /// <param name="unsigned">Are they for a processor without VNNI?</param>
    /// <param name="rewrite">Writes the files and says what came of it.</param>
    /// <returns>What was found, and the files that are to run: null for all the shipped ones.</returns>
    public static (RewriteOutcome Outcome, FusedFiles? Files) Open(
        string encoder, string decoder, int version, bool unsigned, Func<FusedFiles, RewriteOutcome> rewrite)
    {
        try
        {
            var folder = Of(encoder, decoder, version, unsigned);
            var outcome = folder.Outcome ?? folder.Create(work => rewrite(FilesIn(work)));
            if (!outcome.Decoder) return (outcome, null);
            return (outcome, outcome.Encoder ? folder.Files : folder.Files with { Encoder = encoder });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (new RewriteOutcome(false, false, $"The shipped model runs, for a rewritten one cannot be kept: {e.Message}"), null);
        }
    }

    /// <summary>Does it speak against the model, not against the program?</summary>
    public static bool IsOfTheModel(Exception e) => e is InvalidDataException or CaptionsException or OnnxRuntimeException;

    /// <summary>The folder of a model.</summary>
    /// <param name="encoder">The original's encoder.</param>
    /// <param name="decoder">The original's decoder.</param>
    /// <param name="version">Version of the rewriter.</param>
    /// <param name="unsigned">Is it for a processor without VNNI?</param>
    public static RewriteFolder Of(string encoder, string decoder, int version, bool unsigned)
    {
        var parent = Writable(Path.GetDirectoryName(Path.GetFullPath(decoder))!);
        return new RewriteFolder(parent, $"{FileHash.OfModel(encoder)[..HashLength]}-{FileHash.OfModel(decoder)[..HashLength]}", version, unsigned);
    }

    /// <summary>The files in a folder.</summary>
    public static FusedFiles FilesIn(string folder) =>
        new(Path.Combine(folder, "encoder.onnx"), Path.Combine(folder, "decoder.weights"));

    /// <summary>Lets <paramref name="fill"/> fill a folder and say what came of it, then puts it into its place.</summary>
    public RewriteOutcome Create(Func<string, RewriteOutcome> fill)
    {
        var work = $"{_path}.{Guid.NewGuid():N}{Unfinished}";
        var damaged = $"{_path}.{Guid.NewGuid():N}{Unfinished}";
        Directory.CreateDirectory(work);
        try
        {
            var outcome = fill(work);
            if (!outcome.Decoder)
                foreach (var file in Directory.GetFiles(work)) File.Delete(file);
            RewriteRecord.Write(work, outcome);
            if (Outcome is { } others) return others; // another process was quicker
            if (Directory.Exists(_path)) Directory.Move(_path, damaged);
            Directory.Move(work, _path);
            RemoveLeftovers();
            return outcome;
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
            if (Directory.Exists(damaged)) Directory.Delete(damaged, recursive: true);
        }
    }

    private void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetDirectoryName(_path)!, $"{Path.GetFileName(_model)}-*"))
        {
            if (folder == _path || folder == _twin || IsAtWork(folder)) continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process runs from it; the next rewriting finds it again.
            }
        }
    }

    /// <summary>Does another process write it?</summary>
    private static bool IsAtWork(string folder) =>
        folder.EndsWith(Unfinished, StringComparison.Ordinal) && DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) < Interrupted;

    private static string Writable(string models)
    {
        var beside = Path.Combine(models, "rewritten");
        try
        {
            Directory.CreateDirectory(beside);
            using (File.Create(Path.Combine(beside, $"{Guid.NewGuid():N}.probe"), 1, FileOptions.DeleteOnClose)) return beside;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException) // a model on a read-only medium
        {
            return Path.Combine(AppFolders.Cache, "rewritten");
        }
    }
}
