namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What an import brought.</summary>
/// <param name="Taken">Files that were recognised by their content and copied, by model.</param>
/// <param name="Refused">One sentence for each file that has a catalogue file's name but not its content.</param>
/// <param name="Ready">Names of the models that are now complete.</param>
public sealed record ModelImport(
    IReadOnlyList<(string Model, string File)> Taken, IReadOnlyList<string> Refused, IReadOnlyList<string> Ready);
