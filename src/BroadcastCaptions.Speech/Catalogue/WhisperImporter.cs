using System.Text.RegularExpressions;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Rewriting;
using BroadcastCaptions.Speech.Whisper;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>
/// Takes Whisper models in the layout of their Hugging Face exports, any export of anybody: copied whole, with an entry of its own that holds each
/// file's size and SHA-256, then moved into place. What is not whole is refused before a byte is copied.
/// </summary>
internal sealed partial class WhisperImporter(string store, ModelCatalogue catalogue, StoreParts parts)
{
    /// <summary>Are models written in 8 bits, and their graphs left where they came from?</summary>
    public bool Quantizes { get; init; }

    /// <summary>Those that were.</summary>
    public List<QuantizedModel> Quantized { get; } = [];

    /// <summary>Imports Whisper models; returns their entries, and a sentence for each that could not be taken.</summary>
    /// <param name="found">Their folders.</param>
    /// <param name="name">What the only one is to be called; null: as it calls itself.</param>
    /// <param name="cancellation">Ends the copying.</param>
    /// <exception cref="CaptionsException">The only model lacks a file, or is here already, or the disk does not take it.</exception>
    public async Task<(IReadOnlyList<CatalogueModel> Taken, IReadOnlyList<string> Refused)> ImportAsync(IReadOnlyList<string> found, string? name, CancellationToken cancellation)
    {
        var (taken, refused) = (new List<CatalogueModel>(), new List<string>());
        foreach (var path in found)
        {
            try
            {
                var whisper = WhisperFolder.Open(path);
                taken.Add(await ImportAsync(whisper, NameOf(whisper, name), cancellation));
            }
            catch (CaptionsException e) when (found.Count > 1)
            {
                refused.Add($"{e.Message} {e.Remedy}"); // one of many need not stop the others
            }
        }

        return (taken, refused);
    }

    private async Task<CatalogueModel> ImportAsync(WhisperFolder whisper, string name, CancellationToken cancellation)
    {
        if (catalogue.Models.FirstOrDefault(model => model.Name == name && model.Family != WhisperFolder.Family) is { } other)
            throw new CaptionsException($"{name} is the name of a {other.Family} model.", "Import this one under another name: --name NAME.", ExitCode.Usage);
        var target = Path.Combine(store, name);
        DiskFile.CreateFolder(store);
        using var held = await FileLock.AcquireAsync(target + ".lock", parts.Downloads.Time, cancellation);
        if (!MakeWay(name, target))
            throw new CaptionsException(
                $"There is a model {name} on this machine already, in {target}.", $"Run \"captions models rm {name}\" first, or import this one under another name: --name NAME.");
        parts.Disk.Require(store, whisper.Size(whisper.Files), name);

        var work = Path.Combine(store, $".{name}.part");
        if (Directory.Exists(work)) DiskFile.DeleteFolder(work); // an import that was killed
        try
        {
            var files = new List<ModelFile>();
            var quantizes = Quantizes && !whisper.Model.IsQuantized;
            foreach (var file in quantizes ? whisper.Settings : whisper.Files) files.Add(await CopyAsync(whisper, file, work, cancellation));
            if (quantizes) files.AddRange(await QuantizeAsync(whisper, name, work, cancellation));
            var entry = Entry(name, whisper, files);
            DiskFile.WriteAll(Path.Combine(work, CatalogueFile.EntryFileName), CatalogueFile.Write(entry));
            DiskFile.RenameFolder(work, target);
            return entry;
        }
        finally
        {
            if (Directory.Exists(work)) DiskFile.DeleteFolder(work);
        }
    }

    // What an interrupted pull left is ours; a whole model, or anything else, is not to be lost.
    private bool MakeWay(string name, string target)
    {
        if (!Directory.Exists(target)) return true;
        if (catalogue.Models.FirstOrDefault(model => model.Name == name) is { } known)
        {
            var folder = new ModelFolder(store, known);
            if (folder.IsComplete) return false;
            foreach (var path in folder.Own().ToList()) DiskFile.Delete(path);
        }

        DiskFile.DeleteEmptyFolders(target);
        return !Directory.Exists(target);
    }

    private static async Task<ModelFile> CopyAsync(WhisperFolder whisper, string file, string work, CancellationToken cancellation)
    {
        var to = Path.Combine(work, file);
        DiskFile.CreateFolder(Path.GetDirectoryName(to)!);
        await using (var from = File.OpenRead(whisper.PathOf(file))) await DiskFile.CopyAsync(from, to, cancellation);
        return new ModelFile(file, new FileInfo(to).Length, await DiskFile.Sha256Async(to, cancellation), []);
    }

    private async Task<List<ModelFile>> QuantizeAsync(WhisperFolder whisper, string name, string work, CancellationToken cancellation)
    {
        var folder = Path.Combine(work, WhisperFiles.QuantizedFolder);
        var outcome = await Task.Run(() => WhisperRewriter.Quantize(whisper.Model, folder), cancellation);
        if (outcome is not { Encoder: true, Decoder: true })
            throw new CaptionsException($"The model in {whisper.Path} cannot be written in 8 bits: {outcome.Reason}", "Import it without --quantize.");
        var files = new List<ModelFile>();
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            files.Add(new($"{WhisperFiles.QuantizedFolder}/{Path.GetFileName(path)}", new FileInfo(path).Length, await DiskFile.Sha256Async(path, cancellation), []));
        Quantized.Add(new(name, whisper.Size(whisper.Graphs), files.Sum(file => file.Size!.Value)));
        return files;
    }

    // A known model keeps what is known of it; only its files are these.
    private CatalogueModel Entry(string name, WhisperFolder whisper, IReadOnlyList<ModelFile> files) =>
        catalogue.Models.FirstOrDefault(model => model.Name == name && model.Family == WhisperFolder.Family) is { } known
            ? known with { Files = files, ApproximateSize = null }
            : new CatalogueModel(
                name, WhisperFolder.Family, ModelTask.Recognition, whisper.IsEnglishOnly ? ["en"] : ["mul"], "not stated", "imported",
                new Uri("https://huggingface.co/models?other=whisper"), files);

    private string NameOf(WhisperFolder whisper, string? wanted)
    {
        if (wanted is not null)
            return NamePattern().IsMatch(wanted)
                ? wanted
                : throw new CaptionsException($"--name is \"{wanted}\"; small letters, digits, dots and hyphens are allowed.", "Choose another name.", ExitCode.Usage);
        var own = new[] { whisper.Origin?.Split('/')[^1], Path.GetFileName(whisper.Path) }.OfType<string>().Select(text => text.ToLowerInvariant()).Where(text => NamePattern().IsMatch(text)).ToList();
        return own.Find(text => catalogue.Models.Any(model => model.Name == text)) ?? own.FirstOrDefault()
            ?? throw new CaptionsException($"The model in {whisper.Path} does not say its name.", "Give it one: --name NAME.", ExitCode.Usage);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamePattern();
}
