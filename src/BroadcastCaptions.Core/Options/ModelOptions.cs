using System.ComponentModel.DataAnnotations;

namespace BroadcastCaptions.Options;

/// <summary>Which model recognises, and with what.</summary>
public sealed class ModelOptions
{
    /// <summary>The name that leaves the choice to the program.</summary>
    public const string Auto = "auto";

    /// <summary>
    /// Name in the catalogue; auto: the best that this machine holds in time, a faster one while the machine is busy with something else.
    /// </summary>
    public string Name { get; set; } = Auto;

    /// <summary>Is the choice left to the program?</summary>
    public bool IsAuto => string.Equals(Name, Auto, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Name of a model that hears each segment again once it has ended, for better finals; partials stay with the fast one. null: none. It costs
    /// memory, and an inference for each segment.
    /// </summary>
    public string? Final { get; set; }

    /// <summary>The language spoken, as its code, language tag or English name (de, de-AT, German); null: a model of many languages finds out, segment by segment.</summary>
    [LanguageName]
    public string? Language { get; set; }

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

    /// <summary>
    /// What computes; auto: the processor, unless another is to be had and was measured to be faster here. One that is named and not to be had is an
    /// error, never another one in silence.
    /// </summary>
    public Device Device { get; set; } = Device.Auto;

    /// <summary>These options for another device.</summary>
    public ModelOptions On(Device device)
    {
        var copy = (ModelOptions)MemberwiseClone();
        copy.Device = device;
        return copy;
    }
}
