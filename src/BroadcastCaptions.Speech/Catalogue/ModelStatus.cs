namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>How much of a model, or of one of its files, is here.</summary>
public enum InstallState
{
    /// <summary>Nothing of it.</summary>
    Missing,

    /// <summary>Some of it: an interrupted download, which the next one resumes.</summary>
    Partial,

    /// <summary>Something is here that is not what the catalogue says.</summary>
    Damaged,

    /// <summary>All of it.</summary>
    Installed,
}

/// <summary>A model of the catalogue and what is here of it.</summary>
/// <param name="Model">The catalogue's entry.</param>
/// <param name="State">What is here, judged by the files' sizes.</param>
/// <param name="Folder">The model's folder, whether it exists or not.</param>
/// <param name="Present">Bytes of it that are here, partial files included.</param>
public sealed record ModelStatus(CatalogueModel Model, InstallState State, string Folder, long Present);

/// <summary>The state of one file of a model.</summary>
/// <param name="File">The catalogue's entry.</param>
/// <param name="State">What is here of it.</param>
/// <param name="Path">Where it lies, or would.</param>
/// <param name="IsVerified">Its SHA-256 was computed and is the catalogue's, or the one that was recorded when it came.</param>
public sealed record FileStatus(ModelFile File, InstallState State, string Path, bool IsVerified = false);

/// <summary>What removing a model did.</summary>
/// <param name="Freed">Bytes that were freed.</param>
/// <param name="Left">Paths of files that were not ours and are still there.</param>
public sealed record Removal(long Freed, IReadOnlyList<string> Left);
