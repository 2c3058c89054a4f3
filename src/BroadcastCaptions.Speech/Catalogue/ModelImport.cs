namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>What an import brought.</summary>
/// <param name="Taken">Files that were recognised by their content and copied, by model.</param>
/// <param name="Refused">One sentence for each file that has a catalogue file's name but not its content.</param>
/// <param name="Ready">Names of the models that are now complete.</param>
public sealed record ModelImport(
    IReadOnlyList<(string Model, string File)> Taken, IReadOnlyList<string> Refused, IReadOnlyList<string> Ready)
{
    /// <summary>The models that were written in 8 bits.</summary>
    public IReadOnlyList<QuantizedModel> Quantized { get; init; } = [];
}

/// <summary>A model that was written in 8 bits when it was imported.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Before">Bytes of its graphs as they came.</param>
/// <param name="After">Bytes of the graphs that run instead.</param>
public sealed record QuantizedModel(string Model, long Before, long After);
