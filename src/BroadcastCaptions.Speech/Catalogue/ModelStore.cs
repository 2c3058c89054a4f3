using BroadcastCaptions.Failures;
using BroadcastCaptions.Options;
using BroadcastCaptions.Platform;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>
/// The models on this machine: one folder each. What lies there under its own name was verified by SHA-256 when it came.
/// Several processes may use one store at once. Thread-safe.
/// </summary>
public sealed class ModelStore
{
    private readonly StoreParts _parts;
    private readonly bool _offline;

    /// <summary>The store that the options name.</summary>
    /// <param name="options">Its folder, and whether the network may be used.</param>
    /// <param name="http">Client for downloads; null: one with the platform's proxy settings.</param>
    /// <exception cref="CaptionsException">The user's models.json is broken.</exception>
    public ModelStore(ModelOptions options, HttpClient? http = null)
        : this(options, ReadCatalogue(CatalogueFile.UserPath), StoreParts.Real(http))
    {
    }

    internal ModelStore(ModelOptions options, ModelCatalogue catalogue, StoreParts parts)
    {
        _parts = parts;
        _offline = options.Offline;
        Folder = Path.GetFullPath(options.Folder ?? Path.Combine(AppFolders.Cache, "models"));
        Catalogue = Imported().Aggregate(catalogue, static (known, entry) => known.With(entry));
    }

    /// <summary>The bundled models, the user's own, and what was imported: the later stand in the place of the earlier of the same name.</summary>
    public ModelCatalogue Catalogue { get; private set; }

    /// <summary>Where the models' folders lie.</summary>
    public string Folder { get; }

    /// <summary>Every model of the catalogue with what is here of it, judged by sizes.</summary>
    public IReadOnlyList<ModelStatus> List() => [.. Catalogue.Models.Select(model => FolderOf(model).Status())];

    /// <summary>
    /// The folder of a model, all its files in it: at once when it is installed (judged by sizes), else after it was downloaded,
    /// where an interrupted download left off. Another process that fetches the same model is waited for.
    /// </summary>
    /// <param name="name">The model's name in the catalogue.</param>
    /// <param name="progress">Told of downloads only.</param>
    /// <param name="cancellation">Ends the wait; what was downloaded stays for the next time.</param>
    /// <exception cref="CaptionsException">No such model; offline; no source gives it; no room for it; what came is no model of its family.</exception>
    public async Task<string> EnsureAsync(
        string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = FolderOf(Catalogue.Find(name));
        if (folder.IsComplete) return folder.Path;
        if (_offline) throw Offline(folder.Model, folder.CheckAll());

        using var held = await LockAsync(folder, cancellation);
        using var installer = new ModelInstaller(folder, Catalogue, _parts, progress);
        try
        {
            await installer.InstallAsync(cancellation);
            if (folder.Model.Family == WhisperFolder.Family) WhisperFolder.Open(folder.Path); // better said now than at the show
            return folder.Path;
        }
        finally
        {
            DiskFile.DeleteEmptyFolders(folder.Path); // where nothing came at all
        }
    }

    /// <summary>As <see cref="EnsureAsync"/>, but judges by SHA-256 and replaces files that are damaged: <c>pull --force</c>.</summary>
    /// <inheritdoc cref="EnsureAsync"/>
    public async Task<string> RepairAsync(
        string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        var files = await VerifyAsync(name, cancellation);
        if (_offline && files.Any(file => file.State != InstallState.Installed)) throw Offline(Catalogue.Find(name), files);
        foreach (var file in files)
            if (file.State == InstallState.Damaged) DiskFile.Delete(file.Path);
        return await EnsureAsync(name, progress, cancellation);
    }

    /// <summary>Judges each file of a model by its SHA-256.</summary>
    /// <exception cref="CaptionsException">No such model.</exception>
    public async Task<IReadOnlyList<FileStatus>> VerifyAsync(string name, CancellationToken cancellation = default)
    {
        var folder = FolderOf(Catalogue.Find(name));
        var files = new List<FileStatus>();
        foreach (var file in folder.Model.Files) files.Add(await folder.VerifyAsync(file, cancellation));
        return files;
    }

    /// <summary>Why a model of this store did not load: names the damaged file when one is found.</summary>
    /// <param name="name">The model's name in the catalogue.</param>
    /// <param name="failure">What the engine threw.</param>
    /// <param name="cancellation">Ends the check.</param>
    public async Task<CaptionsException> ExplainAsync(string name, Exception failure, CancellationToken cancellation = default)
    {
        var files = await VerifyAsync(name, cancellation);
        return files.FirstOrDefault(file => file.State != InstallState.Installed) is { } bad
            ? new CaptionsException($"The model file {bad.Path} is damaged.", $"Run \"captions models pull {name} --force\".", inner: failure)
            : failure is CaptionsException { InnerException: null } told ? told // by the engine itself: which file does not fit, and why
            : new CaptionsException(
                $"The model {name} does not load, though its files are whole ({failure.Message.TrimEnd('.')}).",
                "Choose another model with --model, and please report this.", inner: failure);
    }

    /// <summary>Removes what is ours of a model: its files, what was begun of them, and what was made from them. Nothing else that lies there.</summary>
    /// <exception cref="CaptionsException">No such model.</exception>
    public async Task<Removal> RemoveAsync(string name, CancellationToken cancellation = default)
    {
        var folder = FolderOf(Catalogue.Find(name));
        if (!Directory.Exists(folder.Path)) return new Removal(0, []);
        using var held = await LockAsync(folder, cancellation);
        var freed = 0L;
        var own = folder.Own().ToList();
        if (own.Find(DiskFile.IsHeld) is { } busy)
            throw new CaptionsException($"The model {name} is in use ({Path.GetFileName(busy)}).", "End what uses it ('captions live', or an OBS whose plug-in captions), then try again.");
        foreach (var path in own)
        {
            freed += new FileInfo(path).Length;
            DiskFile.Delete(path);
        }

        DiskFile.DeleteEmptyFolders(folder.Path);
        return new Removal(freed, Directory.Exists(folder.Path) ? Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories) : []);
    }

    /// <summary>
    /// Takes models from a folder: another machine's models, whose files are known by their SHA-256 in it and its subfolders, and folders of a
    /// Whisper model as Hugging Face has them, whole or not at all.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What a Whisper model is called from then on; null: what its config.json says, else its folder's name.</param>
    /// <param name="quantize">Are Whisper models kept in 8 bits only, as they run, without the graphs that they came with?</param>
    /// <param name="cancellation">Ends the copying.</param>
    /// <exception cref="CaptionsException">No such folder, nothing of a model in it, or a model that lacks a file.</exception>
    public async Task<ModelImport> ImportAsync(string folder, string? name = null, bool quantize = false, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(folder))
            throw new CaptionsException($"There is no folder {folder}.", "Name the folder that holds the model's files.", ExitCode.Usage);
        var found = WhisperFolder.FindIn(folder, Catalogue);
        if (name is not null && found.Count != 1)
            throw new CaptionsException($"--name is for one Whisper model, and {folder} holds {found.Count}.", "Name the model's own folder.", ExitCode.Usage);
        var importer = new WhisperImporter(Folder, Catalogue, _parts) { Quantizes = quantize };
        var (whispers, refused) = await importer.ImportAsync(found, name, cancellation);
        var known = await new ModelImporter([.. Catalogue.Models.Select(FolderOf)], _parts).ImportAsync(folder, found, mustFind: found.Count == 0, cancellation);
        foreach (var entry in whispers) Catalogue = Catalogue.With(new ModelCatalogue([], [entry]));
        return known with
        {
            Taken = [.. whispers.SelectMany(model => model.Files.Select(file => (model.Name, file.Name))), .. known.Taken],
            Quantized = importer.Quantized,
            Refused = [.. refused, .. known.Refused],
            Ready = [.. whispers.Select(model => model.Name), .. known.Ready],
        };
    }

    private static ModelCatalogue ReadCatalogue(string user) =>
        File.Exists(user) ? ModelCatalogue.Bundled.With(CatalogueFile.Read(user)) : ModelCatalogue.Bundled;

    private IEnumerable<ModelCatalogue> Imported() => !Directory.Exists(Folder) ? [] : Directory.EnumerateDirectories(Folder)
        .Select(folder => Path.Combine(folder, CatalogueFile.EntryFileName)).Where(File.Exists).Select(CatalogueFile.Read);

    private ModelFolder FolderOf(CatalogueModel model) => new(Folder, model);

    private Task<IDisposable> LockAsync(ModelFolder folder, CancellationToken cancellation)
    {
        DiskFile.CreateFolder(folder.Path);
        return FileLock.AcquireAsync(folder.LockPath, _parts.Downloads.Time, cancellation);
    }

    private static CaptionsException Offline(CatalogueModel model, IReadOnlyList<FileStatus> files) =>
        files.FirstOrDefault(file => file.State == InstallState.Damaged) is { } damaged
            ? new CaptionsException(
                $"The model file {damaged.Path} is damaged, and --offline forbids fetching it again.",
                $"Run \"captions models pull {model.Name} --force\" without --offline.")
            : new CaptionsException(
                $"The model {model.Name} is not on this machine, and --offline forbids fetching it.",
                $"Run \"captions models pull {model.Name}\" once without --offline, or bring it with \"captions models import FOLDER\".");
}
