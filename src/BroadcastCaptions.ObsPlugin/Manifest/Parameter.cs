namespace BroadcastCaptions.ObsPlugin.Manifest;

/// <summary>How a parameter is shown and read.</summary>
internal enum ParameterType
{
    /// <summary>0 or 1.</summary>
    Switch,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>0xRRGGBB.</summary>
    Colour,

    /// <summary>The index of a choice.</summary>
    Choice,
}

/// <summary>One of a choice's values.</summary>
/// <param name="Name">What the user sees.</param>
/// <param name="Value">What the program reads.</param>
internal sealed record Choice(string Name, string Value);

/// <summary>A parameter as the manifest declares it: a number with a normalised value.</summary>
/// <param name="Id">Stable, never reused.</param>
/// <param name="Name">What the user sees.</param>
/// <param name="Type">How it is shown and read.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Default">The value of a fresh instance.</param>
/// <param name="Steps">How many steps lie between smallest and largest.</param>
/// <param name="Choices">The values of a choice; empty for other types.</param>
/// <param name="IsBypass">Is it the one that switches the plug-in off?</param>
/// <param name="For">The kind that has it ("track"); empty for all.</param>
/// <param name="Help">What it is for.</param>
internal sealed record Parameter(
    string Id, string Name, ParameterType Type, double Minimum, double Maximum, double Default, int Steps, IReadOnlyList<Choice> Choices, bool IsBypass,
    string For, string Help)
{
    /// <summary>The nearest value that is allowed.</summary>
    public double Clamp(double value)
    {
        if (!double.IsFinite(value)) return Default;
        var step = (Maximum - Minimum) / Steps;
        return Minimum + (Math.Round((Math.Clamp(value, Minimum, Maximum) - Minimum) / step) * step);
    }

    /// <summary>A value as 0 … 1.</summary>
    public double Normalise(double value) => (Clamp(value) - Minimum) / (Maximum - Minimum);

    /// <summary>The value that 0 … 1 stands for.</summary>
    public double Denormalise(double normalised) => Clamp(Minimum + (normalised * (Maximum - Minimum)));
}

/// <summary>A text that belongs to the state, but is no number.</summary>
/// <param name="Id">Stable, never reused.</param>
/// <param name="Name">What the user sees.</param>
/// <param name="Default">The text of a fresh instance.</param>
/// <param name="MaximumLength">In characters.</param>
/// <param name="Help">What it is for.</param>
internal sealed record TextSetting(string Id, string Name, string Default, int MaximumLength, string Help);
