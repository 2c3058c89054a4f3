using System.Globalization;
using System.Reflection;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Bench.Tuning;

/// <summary>Options to try: "hangover=0.3,steadyAfter=0.2" over the product's defaults.</summary>
/// <param name="Name">As it was written.</param>
/// <param name="Speech">Segmentation and cadence.</param>
/// <param name="Display">Stability and layout.</param>
internal sealed record Variant(string Name, SpeechOptions Speech, DisplayOptions Display)
{
    /// <summary>What must be recognised anew where it differs.</summary>
    public string Recognised => string.Join(',', typeof(SpeechOptions).GetProperties().Select(property => property.GetValue(Speech)));

    /// <summary>Reads one; throws <see cref="ArgumentException"/> for an option that neither has.</summary>
    public static Variant Parse(string text)
    {
        var variant = new Variant(text, new(), new());
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (part.Split('=')[0], part.Split('=')[^1]);
            object target = Property(typeof(SpeechOptions), name) is null ? variant.Display : variant.Speech;
            var property = Property(target.GetType(), name) ?? throw new ArgumentException($"Neither speech nor display has an option {name}.", nameof(text));
            property.SetValue(target, property.PropertyType.IsEnum
                ? Enum.Parse(property.PropertyType, value, ignoreCase: true)
                : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }

        return variant;
    }

    private static PropertyInfo? Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);
}
