using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Configuration;

/// <summary>The shapes that an option can have.</summary>
internal enum OptionKind
{
    /// <summary>An object with options of its own.</summary>
    Section,

    /// <summary>A list of texts.</summary>
    List,

    /// <summary>One value.</summary>
    Value,
}

/// <summary>What one option allows: its type, its range, and both in words. The validation and the JSON Schema read this.</summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Type">Its type, without the Nullable around it.</param>
/// <param name="Optional">May it be null?</param>
/// <param name="Range">Its range; null where there is none.</param>
/// <param name="Text">Which texts; null: all.</param>
internal sealed record OptionRule(OptionKind Kind, Type Type, bool Optional, RangeAttribute? Range, TextRuleAttribute? Text)
{
    /// <summary>What is allowed, in words: "a whole number from 1 to 10".</summary>
    public string Allowed => this switch
    {
        { Kind: OptionKind.Section } => "an object",
        { Kind: OptionKind.List } => "a list of texts",
        { Type.IsEnum: true } => string.Join(", ", Choices),
        _ when Type == typeof(bool) => "true or false",
        _ when Type == typeof(int) => $"a whole number{Between}",
        _ when Type == typeof(double) => $"a number{Between}",
        _ => Text?.Allowed ?? "a text",
    };

    /// <summary>The choices of an enumeration, as they are written.</summary>
    public IEnumerable<string> Choices => Enum.GetNames(Type).Select(JsonName);

    private string Between => Range is null ? "" : string.Create(CultureInfo.InvariantCulture, $" from {Range.Minimum} to {Range.Maximum}");

    /// <summary>The rule of an option's property.</summary>
    public static OptionRule Of(PropertyInfo property)
    {
        var inner = Nullable.GetUnderlyingType(property.PropertyType);
        var type = inner ?? property.PropertyType;
        var nullable = inner is not null || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        var kind = type == typeof(IList<string>) ? OptionKind.List
            : type.Namespace == "BroadcastCaptions.Options" && type.IsClass ? OptionKind.Section
            : OptionKind.Value;
        return new OptionRule(kind, type, nullable, property.GetCustomAttribute<RangeAttribute>(), property.GetCustomAttribute<TextRuleAttribute>());
    }

    /// <summary>Is this text, as configuration carries it, allowed?</summary>
    public bool Allows(string? value, bool hasChildren)
    {
        if (hasChildren) return false;
        if (string.IsNullOrEmpty(value)) return Optional || (Type == typeof(string) && value is not null && Text?.Allows(value) != false);
        if (Type.IsEnum) return Choices.Contains(value, StringComparer.OrdinalIgnoreCase);
        if (Type == typeof(bool)) return bool.TryParse(value, out _);
        if (Type == typeof(int)) return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) && InRange(i);
        if (Type == typeof(double)) return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && InRange(d);
        return Text?.Allows(value) != false;
    }

    /// <summary>A name as JSON has it: the first letter small.</summary>
    public static string JsonName(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    private bool InRange(double value) =>
        double.IsFinite(value) && (Range is null || (value >= Convert.ToDouble(Range.Minimum, CultureInfo.InvariantCulture)
            && value <= Convert.ToDouble(Range.Maximum, CultureInfo.InvariantCulture)));
}
