using System.ComponentModel.DataAnnotations;

namespace BroadcastCaptions.Options;

/// <summary>Which model recognises, and with what.</summary>
public sealed class ModelOptions
{
    /// <summary>Name in the catalogue.</summary>
    public string Name { get; set; } = "moonshine-tiny";

    /// <summary>Folder of the models; null: the platform's cache folder.</summary>
    public string? Folder { get; set; }

    /// <summary>Never use the network.</summary>
    public bool Offline { get; set; }

    /// <summary>
    /// Cores that recognition may use, 0.1 … 64; null: as many as its threads. Below one, partials become rarer until that holds; finals are
    /// never left out.
    /// </summary>
    [Range(0.1, 64)]
    public double? Cpu { get; set; }

    /// <summary>
    /// Threads of one inference, 1 … 64, within what cpu allows; null: as many as it allows, else one, which leaves the second of two
    /// cores to the game and the encoder.
    /// </summary>
    [Range(1, 64)]
    public int? Threads { get; set; }
}
